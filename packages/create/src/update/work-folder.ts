import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { diskError, updateError } from '../errors.ts';

import { journalFile, playBack, readJournal } from './journal.ts';
import type { UpdateDisk } from './update-disk.ts';

/** Where an update keeps what it needs to be undone; git ignores it. */
export const workFolder = '.seaworthy/update';
const doneFolder = '.seaworthy/update-done';

export const pendingFile = (directory: string) => path.join(directory, workFolder, 'pending.json');
const finishFolder = (directory: string) => path.join(directory, workFolder, 'finish');

function isRunning(work: string): number | undefined {
  try {
    const pid = Number(readFileSync(path.join(work, 'pid'), 'utf8'));
    if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // It runs, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 0 : undefined;
  }
}

function refuseBusy(work: string): void {
  const pid = isRunning(work);
  if (pid === undefined) return;
  const who = pid === 0 ? 'a process of another user' : `process ${pid}`;
  throw updateError('UPDATE_BUSY', [
    `${who} holds ${work}`,
    'wait until it has ended, then try again; if that process is something else, remove the file pid in that folder',
  ]);
}

/**
 * Undoes what a killed run has left behind. Returns true when something was undone.
 *
 * @throws {ScaffoldError} `UPDATE_BUSY` while the run that left it is alive.
 */
export function recover(directory: string, disk: UpdateDisk): boolean {
  try {
    return undoBroken(directory, disk);
  } catch (error) {
    throw diskError(error);
  }
}

function undoBroken(directory: string, disk: UpdateDisk): boolean {
  const work = path.join(directory, workFolder);
  disk.removeTree(path.join(directory, doneFolder));
  if (!existsSync(work)) return false;
  const finish = finishFolder(directory);
  // The run that left it waiting has ended, whoever has its number now.
  if (existsSync(pendingFile(directory))) {
    if (!existsSync(finish)) return false;
    refuseBusy(finish);
    const broken = existsSync(journalFile(finish));
    if (broken) playBack(disk, directory, finish, readJournal(journalFile(finish)), { onlyMoved: true });
    disk.removeTree(finish);
    return broken;
  }
  refuseBusy(work);
  const broken = existsSync(journalFile(work));
  if (broken) playBack(disk, directory, work, readJournal(journalFile(work)), { onlyMoved: true });
  closeWork(directory, disk);
  return broken;
}

/** True when a killed run has left something to undo. */
export function isBrokenOff(directory: string): boolean {
  const work = path.join(directory, workFolder);
  if (existsSync(pendingFile(directory))) return existsSync(journalFile(finishFolder(directory)));
  return existsSync(journalFile(work));
}

/** Takes the folder for this run; nobody else can take it meanwhile. */
function openWork(work: string, disk: UpdateDisk): void {
  try {
    disk.mkdir(work);
  } catch (error) {
    refuseBusy(work);
    throw error;
  }
}

/** Takes the folder in which a waiting update is ended; nobody else can end it meanwhile. */
export function openFinish(directory: string, disk: UpdateDisk): string {
  const finish = finishFolder(directory);
  try {
    openWork(finish, disk);
    disk.writeFile(path.join(finish, 'pid'), String(process.pid));
    return finish;
  } catch (error) {
    throw diskError(error);
  }
}

/** Gives the folder up in one step, so that a kill leaves either all of it or nothing that counts. */
export function closeWork(directory: string, disk: UpdateDisk): void {
  const work = path.join(directory, workFolder);
  const done = path.join(directory, doneFolder);
  disk.removeTree(done);
  if (!existsSync(work)) return;
  disk.rename(work, done);
  try {
    disk.removeTree(done);
  } catch {
    // Nothing counts that is in there; the next run removes it.
  }
}

/** Runs with the folder, and leaves none behind when that fails, unless the next run needs it. */
export function withWork<Result>(directory: string, disk: UpdateDisk, run: (work: string) => Result): Result {
  const work = path.join(directory, workFolder);
  let isOurs = false;
  try {
    openWork(work, disk);
    isOurs = true;
    disk.writeFile(path.join(work, 'pid'), String(process.pid));
    disk.writeFile(path.join(work, '.gitignore'), '*\n');
    return run(work);
  } catch (error) {
    if (isOurs && !existsSync(journalFile(work)) && !existsSync(pendingFile(directory))) disk.removeTree(work);
    throw diskError(error);
  }
}
