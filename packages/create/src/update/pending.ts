import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { updateError, type ScaffoldError } from '../errors.ts';
import { isSafePath } from '../plan/safe-path.ts';

import type { Conflict } from './plan-update.ts';
import { isBrokenOff, pendingFile } from './work-folder.ts';

/** An update that waits for somebody to decide. */
export interface PendingUpdate {
  readonly from: string;
  readonly to: string;
  readonly conflicts: readonly Conflict[];
}

const mark = /^(<{7} yours|\|{7} before|>{7} template)(:.*)?\r?$/;

/** The lines of a file that still carry a marker. */
export function markerLines(contents: Buffer): number[] {
  if (!contents.includes('<<<<<<< yours') && !contents.includes('>>>>>>> template')) return [];
  const lines = contents.toString('utf8').split('\n');
  return lines.flatMap((line, index) => (mark.test(line) ? [index + 1] : []));
}

/** Reads the update that is waiting; undefined when none is. */
export function readPending(directory: string): PendingUpdate | undefined {
  const file = pendingFile(directory);
  if (!existsSync(file)) return undefined;
  try {
    const pending = JSON.parse(readFileSync(file, 'utf8')) as PendingUpdate;
    const paths = pending.conflicts.flatMap(({ file: named, beside }) => [named, beside ?? named]);
    if (paths.every(isSafePath)) return pending;
  } catch {
    // Told below, as a path that leads out is.
  }
  const mend = 'undo the update with --abort, or bring the service back with git and remove .seaworthy/update';
  throw updateError('UPDATE_FILE', [`${file}: not what an update wrote there`, mend]);
}

/** What is still to be decided: `file:line` for markers, the path for a version that lies beside its file. */
export function openConflicts(directory: string, { conflicts }: PendingUpdate): string[] {
  return conflicts.flatMap(({ file, beside }) => {
    const place = path.join(directory, file);
    if (beside !== undefined)
      return existsSync(path.join(directory, beside))
        ? [`${beside}: decide what ${file} is to be, then remove it`]
        : [];
    if (!existsSync(place)) return [];
    return markerLines(readFileSync(place)).map((line) => `${file}:${line}`);
  });
}

export function pendingError({ to }: PendingUpdate, open: readonly string[]): ScaffoldError {
  const next =
    open.length === 0
      ? 'every conflict is resolved: end it with --continue'
      : 'resolve them, then end it with --continue; --abort brings everything back as it was';
  return updateError('UPDATE_PENDING', [`the update to ${to} has not ended`, ...open, next]);
}

/**
 * Refuses a service whose update has not ended: what it left would be taken for yours.
 *
 * @throws {ScaffoldError} `UPDATE_HALF`, `UPDATE_PENDING`
 */
export function refuseUnfinished(directory: string): void {
  if (isBrokenOff(directory)) {
    const mend = 'run the update without --dry-run, which undoes it first';
    throw updateError('UPDATE_HALF', ['an update was broken off', mend]);
  }
  const pending = readPending(directory);
  if (pending !== undefined) throw pendingError(pending, openConflicts(directory, pending));
}
