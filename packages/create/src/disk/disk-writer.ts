import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** The calls that change the disk; a test replaces them by ones that fail. */
export interface DiskWriter {
  /** Makes a folder with its parents. */
  readonly mkdir: (folder: string) => unknown;
  /** Writes a file that is not there yet. */
  readonly writeFile: (file: string, contents: Buffer, mode: number) => unknown;
  readonly rename: (from: string, to: string) => unknown;
  /** Removes a folder with everything in it; one that is not there is removed already. */
  readonly remove: (folder: string) => unknown;
}

const attempts = 10;

/**
 * Removes a folder in which somebody may still be at work: the git of a killed run lives on for a moment.
 *
 * `rmSync` takes a file that vanishes before its eyes for the end of its work, so what is left is looked at each time.
 */
async function remove(folder: string): Promise<void> {
  for (let attempt = 1; existsSync(folder); attempt += 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (attempt === attempts) throw error;
    }
    if (!existsSync(folder)) return;
    if (attempt === attempts) throw new Error(`${folder} cannot be removed: somebody writes there`);
    await delay(20);
  }
}

/** The disk itself: many small files are written three times as fast without a thread for each call. */
export const diskWriter: DiskWriter = {
  mkdir: (folder) => mkdirSync(folder, { recursive: true }),
  writeFile: (file, contents, mode) => writeFileSync(file, contents, { mode, flag: 'wx' }),
  rename: renameSync,
  remove,
};
