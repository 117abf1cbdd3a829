import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { ScaffoldError } from '../errors.ts';
import type { FileTree } from '../plan/template.ts';

import { nearestFolder, refuseExisting } from './check-target.ts';
import { diskWriter, type DiskWriter } from './disk-writer.ts';
import { holdSignals } from './hold-signals.ts';
import { findLeftovers, stagingName } from './staging-folder.ts';

export interface WriteOptions {
  readonly writer?: DiskWriter;
  /** Works on the service while nobody sees it yet; what it leaves there becomes visible with the rest. */
  readonly finish?: (folder: string) => Promise<void>;
}

function toScaffoldError(error: unknown): ScaffoldError {
  if (error instanceof ScaffoldError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const retry = 'trying again is safe once the folder can be written';
  return new ScaffoldError('SCAFFOLD_WRITE', [reason, retry], { cause: error });
}

/** The topmost path on the way to the target that is not there yet: what one rename brings into being. */
async function topOf(target: string): Promise<{ readonly base: string; readonly top: string }> {
  const base = await nearestFolder(path.dirname(target));
  const [first = ''] = path.relative(base, target).split(path.sep);
  return { base, top: path.join(base, first) };
}

function isTaken(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** Renames as much of what is staged as is not there yet; a parent may have appeared since it was staged. */
async function reveal(stagedTop: string, top: string, target: string, { rename }: DiskWriter): Promise<void> {
  for (let attempts = 3; ; attempts -= 1) {
    // A rename would replace an empty folder that appeared meanwhile.
    await refuseExisting(target);
    const now = await topOf(target);
    try {
      await rename(path.join(stagedTop, path.relative(top, now.top)), now.top);
      return;
    } catch (error) {
      if (attempts === 0 || !isTaken(error)) throw error;
    }
  }
}

/**
 * Writes everything into a staging folder beside the target and renames it once: the target is whole or absent.
 *
 * Parents that are missing are part of the same rename. Staging folders of runs that have ended are removed first.
 *
 * @returns the staging folders that may be somebody else's and were left.
 */
export async function writeService(
  target: string,
  files: FileTree,
  { writer = diskWriter, finish }: WriteOptions = {},
): Promise<readonly string[]> {
  const { base, top } = await topOf(target);
  const staging = path.join(base, stagingName(path.basename(target)));
  const staged = path.join(staging, path.relative(top, target));
  const signals = holdSignals();
  try {
    const { abandoned, unknown } = findLeftovers(base);
    for (const leftover of abandoned) await writer.remove(leftover);
    await writer.mkdir(staged);
    const made = new Set(['']);
    for (const [file, { contents, mode }] of files) {
      // Lets a signal in: the calls below do not.
      await nextTurn();
      signals.throwIfReceived();
      const folder = path.posix.dirname(`/${file}`).slice(1);
      if (!made.has(folder)) await writer.mkdir(path.join(staged, folder));
      made.add(folder);
      await writer.writeFile(path.join(staged, file), contents, mode);
    }
    await finish?.(staged);
    await nextTurn();
    signals.throwIfReceived();
    await reveal(staging, top, target, writer);
    return unknown;
  } catch (error) {
    throw toScaffoldError(error);
  } finally {
    try {
      // After the rename nothing stands there, or the shell of parents that somebody else has made meanwhile.
      await writer.remove(staging);
    } catch {
      // The next run removes it: that this process is gone will be certain then.
    }
    signals.release();
  }
}
