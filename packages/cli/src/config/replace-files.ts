import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { CommandError, fileChanged, fileUnusable } from '../errors.ts';

/** A file as it was read. */
export interface ReadFile {
  /** As the caller names it. */
  readonly path: string;
  readonly place: string;
  /** Undefined where there is none. */
  readonly bytes: Buffer | undefined;
}

export interface Replacement extends ReadFile {
  readonly text: string;
}

function bytesOf(place: string): Buffer | undefined {
  return statSync(place, { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(place);
}

/** Reads a file that may be absent; one behind a link is replaced where it is, so that the link stays. */
export function readCurrent(directory: string, file: string, owner: string): ReadFile {
  try {
    const named = path.join(directory, file);
    const place = statSync(named, { throwIfNoEntry: false }) === undefined ? named : realpathSync(named);
    return { path: file, place, bytes: bytesOf(place) };
  } catch (error) {
    throw fileUnusable([file], owner, error);
  }
}

function isUnchanged({ place, bytes }: ReadFile): boolean {
  const now = bytesOf(place);
  return bytes === undefined ? now === undefined : now?.equals(bytes) === true;
}

function writeBeside({ place, text }: Replacement, temporary: string): void {
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(temporary, text, { flag: 'wx', flush: true });
  const mode = statSync(place, { throwIfNoEntry: false })?.mode;
  if (mode !== undefined) chmodSync(temporary, mode & 0o7777);
}

function removeIfThere(temporary: string): void {
  try {
    rmSync(temporary, { force: true });
  } catch {
    // The failure that led here is the one to report.
  }
}

/**
 * Replaces files, each by a rename of a whole one that was written beside it; every one is written before the first rename.
 *
 * Nothing here waits, so that no signal handled in JavaScript comes between two steps.
 *
 * @throws {CommandError} when a file is no longer what was read, or cannot be written.
 */
export function replaceFiles(files: readonly Replacement[], owner: string): void {
  const steps = files.map((file) => ({
    file,
    temporary: `${file.place}.seaworthy-${randomBytes(6).toString('hex')}`,
  }));
  const unchanged = files.map(({ path: name }) => name);
  try {
    for (const { file, temporary } of steps) writeBeside(file, temporary);
    const changed = files.find((file) => !isUnchanged(file));
    if (changed !== undefined) throw fileChanged(changed.path, owner);
    for (const { file, temporary } of steps) {
      renameSync(temporary, file.place);
      unchanged.shift();
    }
  } catch (error) {
    for (const { temporary } of steps) removeIfThere(temporary);
    throw error instanceof CommandError ? error : fileUnusable(unchanged, owner, error);
  }
}
