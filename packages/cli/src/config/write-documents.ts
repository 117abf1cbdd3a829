import { exitCodes, filesOutdated, settingsRefused } from '../errors.ts';
import { writeJson } from '../output/screen.ts';
import { withProgress } from '../output/with-progress.ts';
import { writeTable } from '../output/write-table.ts';
import { askService, commandFacts } from '../service/ask-service.ts';

import { allOrFirstFailure } from './all-or-first-failure.ts';
import type { ConfigCall } from './config-call.ts';
import { firstDifference, type LineDifference } from './first-difference.ts';
import { generatedFiles, refuseOtherText, type GeneratedFile } from './generated-file.ts';
import { readCurrent, replaceFiles, type Replacement } from './replace-files.ts';

interface Generated extends Replacement {
  readonly refusal: string | undefined;
  readonly difference: LineDifference | undefined;
}

/** The file as it is, and the text the service prints for it. */
async function generate({ service, timeout, output }: ConfigCall, file: GeneratedFile): Promise<Generated> {
  const current = readCurrent(service.directory, file.path, service.owner);
  const before = current.bytes?.toString('utf8') ?? '';
  const { stdout, stderr, refused } = await askService(service, file.words, { timeout, stderr: output.stderr });
  if (refused) return { ...current, text: before, refusal: stderr, difference: undefined };
  output.stderr.write(stderr);
  refuseOtherText(file, commandFacts(service, file.words), before, stdout);
  return { ...current, text: stdout, refusal: undefined, difference: firstDifference(before, stdout) };
}

function print({ json, output: { stdout } }: ConfigCall, files: readonly Generated[], outdated: string): void {
  if (json) {
    const states = files.map(({ path, difference }) =>
      difference === undefined ? { path, state: 'unchanged' } : { path, state: outdated, ...difference },
    );
    writeJson(stdout, { files: states });
    return;
  }
  const rows = files.map(({ path, difference }) => {
    if (difference === undefined) return [path, 'unchanged'];
    return outdated === 'written'
      ? [path, outdated]
      : [`${path}:${difference.line}`, `expected ${difference.expected}`];
  });
  writeTable(stdout, ['file', 'state'], rows);
}

/** `config docs`: writes what is generated from the declarations again, or with `check` only says what differs. */
export async function writeDocuments(call: ConfigCall, { check }: { readonly check: boolean }): Promise<number> {
  const { service, output } = call;
  const files = await withProgress(output.stderr, 'generating the documents', () =>
    allOrFirstFailure(generatedFiles.map((file) => generate(call, file))),
  );
  const refusals = files.flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal]));
  if (refusals.length > 0) {
    output.stderr.write(refusals.join(''));
    if (refusals.some((refusal) => refusal.trim() !== '')) return exitCodes.settings;
    throw settingsRefused('no word about why', 'seaworthy config verify production', service.owner);
  }
  const outdated = files.filter(({ difference }) => difference !== undefined);
  if (!check) replaceFiles(outdated, service.owner);
  print(call, files, check ? 'outdated' : 'written');
  if (!check || outdated.length === 0) return exitCodes.well;
  const names = outdated.map(({ path }) => path);
  throw filesOutdated(names, service.owner);
}
