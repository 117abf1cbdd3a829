import path from 'node:path';

import { toAnswersJsonSchema, type Answers } from '../answers/answers.ts';
import { currentFolder } from '../disk/check-target.ts';
import { engineVersion } from '../engine-version.ts';
import { scaffold, type ScaffoldOptions } from '../scaffold.ts';

import type { RunFlags } from './flags.ts';
import { reportJson } from './report-json.ts';
import { report } from './report.ts';

/** What a flag prints that asks for no service. */
export function printedInstead({ schema, version }: RunFlags): string | undefined {
  if (version === true) return `${engineVersion}\n`;
  return schema === true ? toAnswersJsonSchema() : undefined;
}

/** Scaffolds as the flags say, and returns what stands on stdout afterwards. */
export async function carryOut(answers: Answers, run: RunFlags, options: ScaffoldOptions): Promise<string> {
  const cwd = options.cwd ?? currentFolder();
  const result = await scaffold(answers, {
    ...options,
    cwd,
    dryRun: run.dryRun === true,
    ...(run.vendor === undefined ? {} : { vendorDirectory: path.resolve(cwd, run.vendor) }),
  });
  return run.json === true ? reportJson(result) : report(result, cwd);
}
