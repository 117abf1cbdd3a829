import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { ScaffoldError } from '../errors.ts';
import type { FileTree } from '../plan/template.ts';

/** The calls that touch the disk; a test replaces them by ones that fail. */
export interface DiskWriter {
  readonly mkdir: (folder: string) => Promise<unknown>;
  readonly writeFile: (file: string, contents: Buffer, mode: number) => Promise<unknown>;
  readonly rename: (from: string, to: string) => Promise<unknown>;
}

export const diskWriter: DiskWriter = {
  mkdir: (folder) => mkdir(folder, { recursive: true }),
  writeFile: (file, contents, mode) => writeFile(file, contents, { mode, flag: 'wx' }),
  rename,
};

/** Takes away the folders this run made, from the innermost to the outermost; one that others have filled stays. */
async function removeEmptyFolders(innermost: string, outermost: string): Promise<void> {
  for (let folder = innermost; folder.startsWith(outermost); folder = path.dirname(folder)) {
    try {
      await rmdir(folder);
    } catch {
      return;
    }
  }
}

/** Writes everything into a staging folder beside the target and renames it once: the target is whole or absent. */
export async function writeService(target: string, files: FileTree, writer: DiskWriter = diskWriter): Promise<void> {
  const parent = path.dirname(target);
  const staging = path.join(parent, `.${path.basename(target)}.seaworthy-${randomBytes(6).toString('hex')}`);
  // The first folder that did not exist yet: what a failed run has to take away again.
  let created: string | undefined;
  try {
    created = (await writer.mkdir(parent)) as string | undefined;
    await writer.mkdir(staging);
    for (const [file, { contents, mode }] of files) {
      const place = path.join(staging, ...file.split('/'));
      await writer.mkdir(path.dirname(place));
      await writer.writeFile(place, contents, mode);
    }
    await writer.rename(staging, target);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (created !== undefined) await removeEmptyFolders(parent, created);
    const reason = error instanceof Error ? error.message : String(error);
    const retry = 'trying again is safe once the folder can be written';
    throw new ScaffoldError('SCAFFOLD_WRITE', [reason, retry], { cause: error });
  }
}
