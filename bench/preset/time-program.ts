import { spawnSync } from 'node:child_process';

import type { Program } from './programs.ts';
import type { SourceTree } from './source-trees.ts';

/** What a program says about some files: it ends with 1 when it finds something, and with more when it did not work. */
export function runProgram({ command, args, title }: Program, more: readonly string[], cwd: string): string {
  const run = spawnSync(command, [...args, ...more], { cwd, encoding: 'utf8', maxBuffer: 1e9 });
  if (run.error !== undefined) throw run.error;
  if (run.status !== 0 && run.status !== 1) throw new Error(`${title} ended with ${run.status}:\n${run.stderr}`);
  return `${run.stdout}${run.stderr}`;
}

/** Seconds from before the program starts until it has ended. */
export function timeProgram(program: Program, { folder, files }: SourceTree): number {
  const begun = performance.now();
  runProgram(program, files, folder);
  return (performance.now() - begun) / 1000;
}
