import { execFileSync } from 'node:child_process';
import { accessSync, constants, globSync } from 'node:fs';
import path from 'node:path';

import { describe } from 'vitest';

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The folder that holds all of these programs: Debian keeps those of PostgreSQL out of PATH. */
export function folderOf(programs: readonly string[]): string | undefined {
  const versions = globSync('/usr/lib/postgresql/*/bin').toSorted((left, right) =>
    right.localeCompare(left, 'en', { numeric: true }),
  );
  const folders = [...versions, ...(process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '')];
  return folders.find((folder) => programs.every((program) => isProgram(path.join(folder, program))));
}

/** A user of this machine, or nothing where there is none of that name. */
export function userNamed(name: string): { readonly uid: number; readonly gid: number } | undefined {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' })));
    return uid === undefined || gid === undefined ? undefined : { uid, gid };
  } catch {
    return undefined;
  }
}

/**
 * `describe` where the programs are installed; elsewhere the tests are skipped, and say so.
 *
 * @throws {Error} in CI, where nothing may be skipped.
 */
export function describeWhere(found: boolean, needed: string): typeof describe | typeof describe.skip {
  if (found) return describe;
  if (process.env['CI'] === 'true') throw new Error(`CI needs ${needed}`);
  process.stderr.write(`SKIPPED: the tests that need ${needed}\n`);
  return describe.skip;
}
