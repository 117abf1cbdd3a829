import { exitCodeOf, ScaffoldError } from '../errors.ts';
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

/** What a run failed with, for a program. */
export function reportErrorJson(error: unknown): string {
  const exitCode = exitCodeOf(error);
  if (!(error instanceof ScaffoldError))
    return written({ error: { code: 'SCAFFOLD_INTERNAL', problems: [String(error)], retryable: false, exitCode } });
  const { code, problems, retryable } = error;
  return written({ error: { code, problems, retryable, exitCode } });
}
