import { existsSync, lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { updateError, type ScaffoldError } from '../errors.ts';

import { markerLines, separatorLines } from './conflict-markers.ts';
import { backupPlace, isAsBefore, journalFile, readJournal, type Journal } from './journal.ts';
import { readPending, type PendingUpdate } from './pending.ts';
import { searchedFiles } from './read-service.ts';
import { parseServiceJson } from './rendered-blocks.ts';
import { toPlainText } from './text-form.ts';
import { isBrokenOff, workFolder } from './work-folder.ts';

// There a line of equals signs may be a heading.
const documents = new Set(['.adoc', '.md', '.rst', '.txt']);

function isFile(place: string): boolean {
  try {
    return lstatSync(place).isFile();
  } catch {
    return false;
  }
}

function openIn(directory: string, file: string, ownSeparators = Infinity): string[] {
  const contents = readFileSync(path.join(directory, file));
  const markers = markerLines(contents);
  const separators = documents.has(path.extname(file)) ? [] : separatorLines(contents);
  const open = markers.length === 0 && separators.length > ownSeparators ? separators : markers;
  return open.map((line) => `${file}:${line}`);
}

/** A service.json that the update has touched, and that documents can be rendered from no longer. */
function openServiceJson(directory: string, { entries }: Journal): readonly string[] {
  const index = entries.findIndex(({ path: file }) => file === 'service.json');
  const problemsOf = (place: string) => {
    const parsed = parseServiceJson(
      isFile(place) ? toPlainText(readFileSync(place)).plain.toString('utf8') : undefined,
    );
    return 'problems' in parsed ? parsed.problems : [];
  };
  const wasWell = index >= 0 && problemsOf(backupPlace(path.join(directory, workFolder), index)).length === 0;
  const place = path.join(directory, 'service.json');
  return wasWell && isFile(place) ? problemsOf(place) : [];
}

/** What is still to be decided: `file:line` for markers, the path for a version that lies beside its file. */
export function openConflicts(directory: string, { conflicts, separators }: PendingUpdate): readonly string[] {
  const open = conflicts.flatMap(({ file, beside }) => {
    if (beside !== undefined)
      return existsSync(path.join(directory, beside))
        ? [`${beside}: decide what ${file} is to be, then remove it`]
        : [];
    return isFile(path.join(directory, file)) ? openIn(directory, file, separators[file]) : [];
  });
  return open.length > 0 ? open : openServiceJson(directory, journalOf(directory));
}

/** The markers of files that are no longer where they were: they may have been moved with them. It reads every file. */
function movedConflicts(directory: string, { conflicts }: PendingUpdate): readonly string[] {
  const isGone = conflicts.some(({ file, beside }) => beside === undefined && !isFile(path.join(directory, file)));
  return isGone ? searchedFiles(directory).flatMap((file) => openIn(directory, file)) : [];
}

/** True where all that the update has changed without a question is as it was before: git has brought it back, and the record would lie. */
function isTakenBack(directory: string, { conflicts }: PendingUpdate): boolean {
  const contested = new Set(conflicts.map(({ file }) => file));
  const changed = [...journalOf(directory).entries.entries()].filter(
    ([, { path: file, before }]) => before !== undefined && !contested.has(file),
  );
  const work = path.join(directory, workFolder);
  return changed.length > 0 && changed.every(([index, entry]) => isAsBefore(directory, work, entry, index));
}

function journalOf(directory: string): Journal {
  const file = journalFile(path.join(directory, workFolder));
  return existsSync(file) ? readJournal(file) : { entries: [], createdFolders: [], folders: {} };
}

/** What an update says that waits, to every command. */
export function pendingError(directory: string, pending: PendingUpdate, open: readonly string[]): ScaffoldError {
  const lines = [`the update to ${pending.to} has not ended`, ...open];
  if (open.length > 0)
    lines.push('resolve them, then end it with --continue; --abort brings everything back as it was');
  else if (isTakenBack(directory, pending)) {
    lines.push('what it changed is as it was before: the service would claim to have what it lacks');
    lines.push(
      'where git has put it aside, bring it back; else end the update with --abort, or, decided so, with --continue --keep-yours',
    );
  } else lines.push('every conflict is resolved: end it with --continue');
  return updateError('UPDATE_PENDING', lines);
}

/**
 * Refuses to end an update that is not decided.
 *
 * @param keepYours whether what it changed may be as it was before: somebody has decided so.
 * @throws {ScaffoldError} `UPDATE_PENDING`
 */
export function refuseOpen(directory: string, pending: PendingUpdate, { keepYours }: { keepYours: boolean }): void {
  const open = openConflicts(directory, pending);
  const all = open.length > 0 ? open : movedConflicts(directory, pending);
  if (all.length > 0 || (!keepYours && isTakenBack(directory, pending))) throw pendingError(directory, pending, all);
}

/**
 * Refuses a service whose update has not ended: what it left would be taken for yours.
 *
 * @throws {ScaffoldError} `UPDATE_HALF`, `UPDATE_PENDING`
 */
export function refuseUnfinished(directory: string): void {
  if (isBrokenOff(directory)) {
    const mend = 'npx create-seaworthy update undoes it first; trying again is safe after that';
    throw updateError('UPDATE_HALF', ['an update was broken off', mend]);
  }
  const pending = readPending(directory);
  if (pending !== undefined) throw pendingError(directory, pending, openConflicts(directory, pending));
}
