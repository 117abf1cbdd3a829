import { readFileSync, readdirSync, type Dirent, type Stats } from 'node:fs';
import path from 'node:path';

import { diskError, updateError } from '../errors.ts';

import type { ChangedFile } from './changed-file.ts';
import { isExactName } from './exact-name.ts';
import { foldersAbove } from './folders-above.ts';
import {
  backupPlace,
  journalFile,
  playBack,
  playForward,
  stagePlace,
  type Journal,
  type JournalEntry,
} from './journal.ts';
import { statOf, type YourFile } from './read-service.ts';
import type { UpdateDisk } from './update-disk.ts';

export interface ApplyInput {
  readonly directory: string;
  /** An empty folder on the same disk, which holds the stage, the backups and the journal. */
  readonly work: string;
  readonly changes: ReadonlyMap<string, ChangedFile | undefined>;
  /** What was read before: a file that is no longer that is not touched. */
  readonly read: ReadonlyMap<string, Pick<YourFile, 'raw' | 'permissions'>>;
  readonly disk: UpdateDisk;
  /** Ends it: before this call a broken run is undone, after it the run is complete. */
  readonly commit: () => void;
}

const retry = 'trying again is safe';

/** Refuses a folder in the place of a file, unless the removal of what is in it removes the folder as well. */
function refuseFolder(place: string, file: string, changes: ApplyInput['changes']): void {
  const removed = [...changes].flatMap(([name, next]) => (next === undefined ? [name] : []));
  // A folder goes with the last of its files; one that has none would stay.
  const goes = (entry: Dirent) => {
    const name = path.join(file, path.relative(place, path.join(entry.parentPath, entry.name)));
    return entry.isDirectory() ? removed.some((one) => one.startsWith(`${name}/`)) : removed.includes(name);
  };
  const below = readdirSync(place, { recursive: true, withFileTypes: true });
  if (below.length > 0 && below.every(goes)) return;
  const mend = 'move the folder away or remove it; trying again is safe';
  throw updateError('UPDATE_FILE', [`${file} is a folder, and the template has a file there`, mend]);
}

function refuseChanged({ directory, changes, read }: ApplyInput, file: string): void {
  const place = path.join(directory, file);
  const before = read.get(file);
  const stat = statOf(place);
  if (stat?.isDirectory() === true && changes.get(file) !== undefined) refuseFolder(place, file, changes);
  const isThere = stat?.isDirectory() === false && (before !== undefined || isExactName(place));
  if (before === undefined ? !isThere : isThere && readFileSync(place).equals(before.raw)) return;
  throw updateError('UPDATE_FILE', [`${file} changed while the update was planned`, retry]);
}

/** Writes the stage and the backups; the service itself is not touched. */
function stage(input: ApplyInput): Journal {
  const { directory, work, changes, read, disk } = input;
  const entries: JournalEntry[] = [];
  const created = new Set<string>();
  // Hundreds of files share a few folders.
  const stats = new Map<string, Stats | undefined>();
  const folders: Record<string, number> = {};
  for (const [file, next] of changes) {
    const place = path.join(directory, file);
    refuseChanged(input, file);
    const index = entries.length;
    const before = read.get(file);
    if (before !== undefined) disk.keep(place, backupPlace(work, index));
    if (next !== undefined) {
      disk.writeFile(stagePlace(work, index), next.contents, next.mode);
      const permissions = next.permissions ?? before?.permissions;
      if (permissions !== undefined) disk.chmod(stagePlace(work, index), permissions);
    }
    for (const folder of foldersAbove(file)) {
      const stat = stats.has(folder) ? stats.get(folder) : statOf(path.join(directory, folder));
      stats.set(folder, stat);
      if (stat?.isDirectory() !== true) created.add(folder);
      else if (next === undefined) folders[folder] = stat.mode & 0o7777;
    }
    const entry = { path: file, written: next !== undefined };
    entries.push(before === undefined ? entry : { ...entry, before: before.permissions });
  }
  return { entries, createdFolders: [...created], folders };
}

function undo({ directory, work, disk }: ApplyInput, journal: Journal): void {
  try {
    playBack(disk, directory, work, journal, { onlyMoved: true });
    disk.remove(journalFile(work));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw updateError('UPDATE_HALF', [reason, 'make the disk writable and run the update again'], { cause });
  }
}

/**
 * Makes all changes or none: everything is staged and backed up first, then moved into place.
 *
 * A failure is undone at once. A process that is killed leaves its journal, and the next run undoes it.
 *
 * @throws {ScaffoldError} `UPDATE_FILE` after the disk is as it was.
 */
export function applyChanges(input: ApplyInput): void {
  const { directory, work, disk, commit } = input;
  const written = journalFile(work);
  let journal: Journal | undefined;
  try {
    const staged = stage(input);
    disk.writeFile(`${written}.new`, `${JSON.stringify(staged, null, 2)}\n`);
    disk.rename(`${written}.new`, written);
    journal = staged;
    playForward(disk, directory, work, staged);
    commit();
  } catch (error) {
    if (journal !== undefined) undo(input, journal);
    throw diskError(error);
  }
}
