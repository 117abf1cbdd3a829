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

function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

interface Staged {
  readonly staging: string;
  /** What it becomes. */
  readonly top: string;
}

/** The staging folder is nothing that the user knows: what it was to become stands for it. */
function toWriteError(error: unknown, { staging, top }: Staged, left: readonly string[]): ScaffoldError {
  if (error instanceof ScaffoldError) {
    if (left.length === 0) return error;
    const { code, problems, signal } = error;
    return new ScaffoldError(code, [...problems, ...left], {
      cause: error,
      ...(signal === undefined ? {} : { signal }),
    });
  }
  const reason = (error instanceof Error ? error.message : String(error)).replaceAll(staging, top);
  const retry = `trying again is safe once ${isFull(error) ? 'the disk has room' : 'the folder can be written'}`;
  return new ScaffoldError('SCAFFOLD_WRITE', [reason, ...left, retry], { cause: error });
}

/** Removes the folders of runs that have ended; what is left of all found, and why it is left. */
async function clearLeftovers(folders: ReadonlySet<string>, writer: DiskWriter): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const folder of folders) {
    let found: ReturnType<typeof findLeftovers>;
    try {
      found = findLeftovers(folder);
    } catch {
      // Above the place a folder may be closed to this user.
      continue;
    }
    notes.push(
      ...found.unknown.map((one) => `${one} is left from a run that may still go on; remove it when it has ended`),
    );
    for (const one of found.abandoned) {
      try {
        await writer.remove(one);
      } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code ?? String(error);
        notes.push(`${one} is left from a run that has ended, and cannot be removed (${reason}); its owner can`);
      }
    }
  }
  return notes;
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

/** Removes the staging folder; where that fails the next run does it, for then it is certain that this process is gone. */
async function removed(staging: string, writer: DiskWriter): Promise<readonly string[]> {
  try {
    await writer.remove(staging);
    return [];
  } catch {
    return [`${staging} is left; the next run removes it`];
  }
}

/**
 * Writes everything into a staging folder beside the target and renames it once: the target is whole or absent.
 *
 * Parents that are missing are part of the same rename. Staging folders of runs that have ended are removed first, also
 * one folder further up: there a run began for which the parent was still missing.
 *
 * @returns what to tell of the staging folders that were left.
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
    const notes = await clearLeftovers(new Set([base, path.dirname(base)]), writer);
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
    // Nothing stands there now, or the shell of parents that somebody else has made meanwhile.
    return [...notes, ...(await removed(staging, writer))];
  } catch (error) {
    throw toWriteError(error, { staging, top }, await removed(staging, writer));
  } finally {
    signals.release();
  }
}
