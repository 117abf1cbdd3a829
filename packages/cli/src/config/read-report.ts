import type { SettingsReport } from '@seaworthy/defaults';

import { answerInvalid } from '../errors.ts';
import { askService, commandFacts } from '../service/ask-service.ts';
import { parseReport } from '../service/parse-answer.ts';

import type { ConfigCall } from './config-call.ts';
import type { Environment } from './environment.ts';

/** What the service finds in the files of an environment; what it says on stderr about the same problems is left out. */
export async function readReport(
  { service, timeout, output }: ConfigCall,
  environment: Environment,
): Promise<SettingsReport> {
  const { stderr } = output;
  const words = ['verify', environment];
  const facts = commandFacts(service, words);
  const answer = await askService(service, words, { timeout, stderr });
  try {
    const report = parseReport(facts, answer.stdout, environment);
    if (answer.refused && report.problems.length === 0)
      throw answerInvalid(facts, 'exit 78 and a report without a problem', 'a problem where the settings are refused');
    stderr.write(answer.stderr.replace(/^SettingsError: [^]*$/m, ''));
    return report;
  } catch (error) {
    stderr.write(answer.stderr);
    throw error;
  }
}
