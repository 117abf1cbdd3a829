import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';

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

/** The disk itself: many small files are written three times as fast without a thread for each call. */
export const diskWriter: DiskWriter = {
  mkdir: (folder) => mkdirSync(folder, { recursive: true }),
  writeFile: (file, contents, mode) => writeFileSync(file, contents, { mode, flag: 'wx' }),
  rename: renameSync,
  // A child of a killed run, such as git, may write for a moment after it.
  remove: (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }),
};
