import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { ScaffoldError } from '../errors.ts';
import type { FileTree } from '../plan/template.ts';

import { refuseExisting } from './check-target.ts';
import { holdSignals } from './hold-signals.ts';

/** The calls that touch the disk; a test replaces them by ones that fail. */
export interface DiskWriter {
  /** Makes a folder with its parents; returns the first one that was not there. */
  readonly mkdir: (folder: string) => Promise<string | undefined>;
  readonly writeFile: (file: string, contents: Buffer, mode: number) => Promise<unknown>;
  readonly rename: (from: string, to: string) => Promise<unknown>;
}

export const diskWriter: DiskWriter = {
  mkdir: (folder) => mkdir(folder, { recursive: true }),
  writeFile: (file, contents, mode) => writeFile(file, contents, { mode, flag: 'wx' }),
  rename,
};

/** Removes the folders from `folder` up to `first` that are empty; one that somebody has put a file into stays. */
async function removeEmptyFolders(folder: string, first: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch {
    return;
  }
  if (folder !== first) await removeEmptyFolders(path.dirname(folder), first);
}

function toScaffoldError(error: unknown): ScaffoldError {
  if (error instanceof ScaffoldError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const retry = 'trying again is safe once the folder can be written';
  return new ScaffoldError('SCAFFOLD_WRITE', [reason, retry], { cause: error });
}

/** Writes everything into a staging folder beside the target and renames it once: the target is whole or absent. */
export async function writeService(target: string, files: FileTree, writer: DiskWriter = diskWriter): Promise<void> {
  const parent = path.dirname(target);
  const staging = path.join(parent, `.${path.basename(target)}.seaworthy-${randomBytes(6).toString('hex')}`);
  const signals = holdSignals();
  // The first folder that did not exist yet: what a failed run has to take away again.
  let created: string | undefined;
  try {
    created = await writer.mkdir(parent);
    await writer.mkdir(staging);
    for (const [file, { contents, mode }] of files) {
      signals.throwIfReceived();
      const place = path.join(staging, ...file.split('/'));
      await writer.mkdir(path.dirname(place));
      await writer.writeFile(place, contents, mode);
    }
    signals.throwIfReceived();
    // A rename would replace an empty folder that appeared meanwhile.
    await refuseExisting(target);
    await writer.rename(staging, target);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (created !== undefined) await removeEmptyFolders(parent, created);
    throw toScaffoldError(error);
  } finally {
    signals.release();
  }
}
