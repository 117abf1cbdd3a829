import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { interleave } from '../interleave.ts';

import { command, filesBelow, programs, type Program } from './programs.ts';

/** Wall times of whole processes, in milliseconds. */
export type Timings = ReadonlyMap<Program, readonly number[]>;

const identity = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, 'A Developer'],
    [`GIT_${role}_EMAIL`, 'developer@example.com'],
  ]),
);

/** What a run is given, and what it must have written. */
export interface Expectation {
  /** Where each run gets an empty folder of its own. */
  readonly folder: string;
  readonly files: readonly string[];
  /** A service whose files plop copies. */
  readonly copied: string;
  /** A folder whose `node` is the one that runs: it stands for the host's, where npm would have put this repository's own first. */
  readonly host: string;
}

/** Runs a program once in an empty folder, and makes sure that it wrote what it should. */
export function timeProgram(program: Program, { folder, files, copied, host }: Expectation): number {
  const parent = mkdtempSync(path.join(folder, 'run-'));
  const env = { ...process.env, ...identity, BENCH_FILES: copied, PATH: `${host}:${process.env['PATH']}` };
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...program.args(parent)], {
    cwd: program.cwd ?? parent,
    env,
    encoding: 'utf8',
  });
  const wallMs = performance.now() - begun;
  if (status !== 0) throw new Error(`${program.title} failed:\n${stderr}`);
  const target = path.join(parent, 'orders-api');
  const written = existsSync(target) ? filesBelow(target) : [];
  const whole =
    program.files === 'ours' ? written.join() === files.join() : written.length > 0 === (program.files === 'some');
  if (!whole) throw new Error(`${program.title} wrote ${written.length} files, expected ${files.length}`);
  return wallMs;
}

/** Plop renders every text, so that its author has to write a brace as no brace of Handlebars. */
function escapeForPlop(service: string, files: readonly string[]): void {
  for (const file of files.map((each) => path.join(service, each))) {
    const text = readFileSync(file, 'utf8');
    if (text.includes('{{')) writeFileSync(file, text.replaceAll('{{', String.raw`\{{`));
  }
}

/** The programs in turn, each round in another order, below a folder that is left full. */
export function measureScaffold(folder: string, rounds: number, measured: readonly Program[] = programs): Timings {
  const { status, stderr } = spawnSync(process.execPath, [...command.args(folder)], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`nothing to copy:\n${stderr}`);
  const copied = path.join(folder, 'orders-api');
  const host = path.join(folder, 'host');
  const files = filesBelow(copied);
  escapeForPlop(copied, files);
  mkdirSync(host);
  symlinkSync(process.execPath, path.join(host, 'node'));
  return interleave(measured, rounds, (program) => timeProgram(program, { folder, files, copied, host }));
}
