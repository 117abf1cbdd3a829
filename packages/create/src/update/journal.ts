import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { updateError } from '../errors.ts';
import { isSafePath } from '../plan/safe-path.ts';

import { isExactName } from './exact-name.ts';
import { toPlainText } from './text-form.ts';
import type { UpdateDisk } from './update-disk.ts';

/** One path that is touched. */
export interface JournalEntry {
  readonly path: string;
  /** The permission bits it had; undefined where there was nothing. */
  readonly before?: number;
  /** True where something is put there, false where it is removed. */
  readonly written: boolean;
}

/** What it takes to bring the disk back. */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  readonly createdFolders: readonly string[];
  /** Folders that may be removed because they become empty, with their permission bits. */
  readonly folders: Readonly<Record<string, number>>;
}

export const journalFile = (work: string) => path.join(work, 'journal.json');
export const stagePlace = (work: string, index: number) => path.join(work, `stage-${index}`);
export const backupPlace = (work: string, index: number) => path.join(work, `backup-${index}`);

function permissionsOf(place: string): number | undefined {
  try {
    return lstatSync(place).mode & 0o7777;
  } catch {
    return undefined;
  }
}

function isFile(place: string): boolean {
  try {
    return !lstatSync(place).isDirectory() && isExactName(place);
  } catch {
    return false;
  }
}

function damaged(file: string, cause?: unknown): Error {
  const mend = 'bring the service back with git, then remove the folder .seaworthy/update';
  return updateError('UPDATE_FILE', [`${file}: not what an update wrote there`, mend], { cause });
}

function isJournal(value: unknown): value is Journal {
  if (typeof value !== 'object' || value === null) return false;
  const { entries, createdFolders, folders } = value as Record<string, unknown>;
  if (!Array.isArray(entries) || !Array.isArray(createdFolders)) return false;
  if (typeof folders !== 'object' || folders === null) return false;
  const paths: unknown[] = entries.map((entry: Partial<JournalEntry> | null) => entry?.path);
  return [...paths, ...(createdFolders as unknown[]), ...Object.keys(folders)].every(
    (file) => typeof file === 'string' && isSafePath(file),
  );
}

/** Reads a journal; a path that leads out of the service is refused before anything is moved. */
export function readJournal(file: string): Journal {
  let journal: unknown;
  try {
    journal = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw damaged(file, cause);
  }
  if (!isJournal(journal)) throw damaged(file);
  return journal;
}

function makeFolders(disk: UpdateDisk, directory: string, folder: string, folders: Journal['folders']): void {
  const place = path.join(directory, folder);
  if (folder === '.' || permissionsOf(place) !== undefined) return;
  makeFolders(disk, directory, path.posix.dirname(folder), folders);
  disk.mkdir(place);
  const permissions = folders[folder];
  if (permissions !== undefined) disk.chmod(place, permissions);
}

/** Removes a folder, and those above it, as far as they are empty and may go. */
function removeEmpty(disk: UpdateDisk, directory: string, folder: string, may: (folder: string) => boolean): void {
  if (folder === '.' || !may(folder)) return;
  const place = path.join(directory, folder);
  if (permissionsOf(place) === undefined || isFile(place) || readdirSync(place).length > 0) return;
  disk.rmdir(place);
  removeEmpty(disk, directory, path.posix.dirname(folder), may);
}

/** True where a path is as it was before its entry was carried out. */
export function isAsBefore(
  directory: string,
  work: string,
  { path: file, before }: JournalEntry,
  index: number,
): boolean {
  const place = path.join(directory, file);
  if (before === undefined) return !isFile(place);
  const isExecutable = (permissions = 0) => (permissions & 0o111) !== 0;
  const read = (from: string) => toPlainText(readFileSync(from)).plain;
  try {
    const stat = lstatSync(place);
    // Git brings no other bit of them back, and may write other line ends.
    if (!stat.isFile() || isExecutable(stat.mode) !== isExecutable(before)) return false;
    return read(place).equals(read(backupPlace(work, index)));
  } catch {
    return false;
  }
}

/** Puts everything in place: removals first, since a file may become a folder. */
export function playForward(disk: UpdateDisk, directory: string, work: string, { entries, folders }: Journal): void {
  for (const { path: file, written, before } of entries) {
    if (written || before === undefined) continue;
    disk.remove(path.join(directory, file));
    removeEmpty(disk, directory, path.posix.dirname(file), (folder) => folder in folders);
  }
  for (const [index, { path: file, written }] of entries.entries()) {
    if (!written) continue;
    makeFolders(disk, directory, path.posix.dirname(file), {});
    disk.rename(stagePlace(work, index), path.join(directory, file));
  }
}

/**
 * Brings everything back as it was; may be done again after it was broken off.
 *
 * With `onlyMoved` a path that the broken run had not reached is not touched: somebody may have edited it since.
 */
export function playBack(
  disk: UpdateDisk,
  directory: string,
  work: string,
  journal: Journal,
  { onlyMoved }: { onlyMoved: boolean },
): void {
  const { entries, createdFolders, folders } = journal;
  const isReached = ({ path: file, written }: JournalEntry, index: number) =>
    !onlyMoved || (written ? !isFile(stagePlace(work, index)) : !isFile(path.join(directory, file)));
  const reached = entries.map((entry, index) => ({ ...entry, index })).filter((entry) => isReached(entry, entry.index));
  for (const { path: file, before } of reached) {
    const place = path.join(directory, file);
    if (before === undefined && isFile(place)) disk.remove(place);
  }
  const deepestFirst = createdFolders.toSorted((left, right) => right.length - left.length);
  for (const folder of deepestFirst) removeEmpty(disk, directory, folder, (one) => createdFolders.includes(one));
  for (const { path: file, before, index } of reached) {
    if (before === undefined) continue;
    const backup = backupPlace(work, index);
    makeFolders(disk, directory, path.posix.dirname(file), folders);
    const copy = `${backup}-copy`;
    disk.copy(backup, copy);
    disk.chmod(copy, before);
    disk.rename(copy, path.join(directory, file));
  }
  // One that was made again just before a kill has not got its own bits yet.
  for (const [folder, permissions] of Object.entries(folders)) {
    const place = path.join(directory, folder);
    if (permissionsOf(place) !== permissions) disk.chmod(place, permissions);
  }
}
