import type { ScaffoldError } from '../errors.ts';
import type { ScaffoldResult } from '../scaffold.ts';

function written(document: object): string {
  return `${JSON.stringify({ schema: 'scaffold/1', ...document }, null, 2)}\n`;
}

/** Plan and result of a run, for a program. */
export function reportJson({
  answers,
  target,
  plan,
  written: isWritten,
  installed,
  durationMs,
  notes,
  comparison,
}: ScaffoldResult): string {
  return written({
    plan: { target, answers, files: plan },
    result: { written: isWritten, installed, durationMs, notes, ...(comparison === undefined ? {} : { comparison }) },
  });
}

/** What a run failed with, for a program; `target` stands there where the service is written all the same. */
export function reportErrorJson({ code, problems, retryable, target }: ScaffoldError, exitCode: number): string {
  return written({ error: { code, problems, retryable, exitCode, target } });
}
