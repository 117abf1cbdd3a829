import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { updateError, type ScaffoldError } from '../errors.ts';
import { isSafePath } from '../plan/safe-path.ts';

import { isAsBefore, journalFile, readJournal } from './journal.ts';
import type { Conflict } from './plan-update.ts';
import { searchedFiles } from './read-service.ts';
import { isBrokenOff, pendingFile, workFolder } from './work-folder.ts';

/** An update that waits for somebody to decide. */
export interface PendingUpdate {
  readonly from: string;
  readonly to: string;
  readonly conflicts: readonly Conflict[];
  /** For each file with markers, how many lines of its own look like the middle of a conflict. */
  readonly separators: Readonly<Record<string, number>>;
}

// Where both sides moved a file, git makes its markers longer than seven.
const mark = /^(<{7,} yours|\|{7,} before|>{7,} template)(:.*)?\r?$/;
const separator = /^={7,}\r?$/;
const marked = ['<<<<<<< yours', '||||||| before', '>>>>>>> template'];

function linesLike(pattern: RegExp, contents: Buffer): number[] {
  const lines = contents.toString('utf8').split('\n');
  return lines.flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));
}

/** The lines of a file that still carry a marker which no text of its own looks like. */
export function markerLines(contents: Buffer): number[] {
  return marked.some((text) => contents.includes(text)) ? linesLike(mark, contents) : [];
}

/** How many lines of a merged file look like the middle of a conflict, and are its own: a heading of Markdown, for one. */
export function ownSeparators(contents: Buffer): number {
  return linesLike(separator, contents).length - linesLike(/^<{7,} yours(:.*)?\r?$/, contents).length;
}

/** Reads the update that is waiting; undefined when none is. */
export function readPending(directory: string): PendingUpdate | undefined {
  const file = pendingFile(directory);
  if (!existsSync(file)) return undefined;
  try {
    const pending = JSON.parse(readFileSync(file, 'utf8')) as Pick<PendingUpdate, 'from' | 'to' | 'conflicts'> &
      Partial<PendingUpdate>;
    const paths = pending.conflicts.flatMap(({ file: named, beside }) => [named, beside ?? named]);
    // What an earlier version wrote has none.
    if (paths.every(isSafePath)) return { ...pending, separators: pending.separators ?? {} };
  } catch {
    // Told below, as a path that leads out is.
  }
  const mend = 'undo the update with --abort, or bring the service back with git and remove .seaworthy/update';
  throw updateError('UPDATE_FILE', [`${file}: not what an update wrote there`, mend]);
}

function openIn(directory: string, file: string, ownSeparators = Infinity): string[] {
  const contents = readFileSync(path.join(directory, file));
  const markers = markerLines(contents);
  const separators = linesLike(separator, contents);
  const open = markers.length === 0 && separators.length > ownSeparators ? separators : markers;
  return open.map((line) => `${file}:${line}`);
}

/** True where nothing is left of what the update wrote, apart from the conflicts themselves: git has brought it back, for one. */
function isTakenBack(directory: string, conflicts: readonly Conflict[]): boolean {
  const work = path.join(directory, workFolder);
  if (!existsSync(journalFile(work))) return false;
  const contested = new Set(conflicts.flatMap(({ file, beside }) => [file, beside ?? file]));
  const others = [...readJournal(journalFile(work)).entries.entries()].filter(
    ([, { path: file }]) => !contested.has(file),
  );
  return others.length > 0 && others.every(([index, entry]) => isAsBefore(directory, work, entry, index));
}

/** What is still to be decided: `file:line` for markers, the path for a version that lies beside its file. */
export function openConflicts(directory: string, { conflicts, separators }: PendingUpdate): string[] {
  const open = conflicts.flatMap(({ file, beside }) => {
    if (beside !== undefined)
      return existsSync(path.join(directory, beside))
        ? [`${beside}: decide what ${file} is to be, then remove it`]
        : [];
    return existsSync(path.join(directory, file)) ? openIn(directory, file, separators[file]) : [];
  });
  if (open.length > 0) return open;
  if (isTakenBack(directory, conflicts))
    return [
      'the files are as they were before the update: --abort ends it; where git put its work aside, bring that back',
    ];
  // Moved with its markers.
  const isGone = conflicts.some(({ file, beside }) => beside === undefined && !existsSync(path.join(directory, file)));
  return isGone ? searchedFiles(directory).flatMap((file) => openIn(directory, file)) : [];
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
