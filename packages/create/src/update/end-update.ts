import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { updateError, type ScaffoldError } from '../errors.ts';
import type { PlannedFile } from '../plan/template.ts';
import { openRecordedService } from '../state/open-service.ts';
import { baseFile, stateFile } from '../state/state.ts';

import { applyChanges } from './apply-changes.ts';
import { foldersAbove } from './folders-above.ts';
import { journalFile, playBack, readJournal, type Journal } from './journal.ts';
import { refuseOpen } from './open-conflicts.ts';
import { readPending, type PendingUpdate } from './pending.ts';
import { readService, statOf, type YourFiles } from './read-service.ts';
import { parseServiceJson, renderBlocks } from './rendered-blocks.ts';
import { fromPlainText, isText } from './text-form.ts';
import { updateDisk, type UpdateDisk } from './update-disk.ts';
import { closeWork, openFinish, pendingFile, recover, workFolder } from './work-folder.ts';

export interface EndOptions {
  /** What relative folders start from. @default the working directory */
  readonly cwd?: string;
  readonly disk?: UpdateDisk;
}

export interface ContinueOptions extends EndOptions {
  /** Ends it also where all that it changed without a question is as it was before. @default false */
  readonly keepYours?: boolean;
}

/** The update that was ended. */
export interface EndedUpdate {
  readonly directory: string;
  readonly from: string;
  readonly to: string;
  readonly notes: readonly string[];
}

interface Waiting {
  readonly directory: string;
  readonly pending: PendingUpdate | undefined;
  /** True where a run that was broken off has been undone just now. */
  readonly undone: boolean;
}

function findWaiting(folder: string, cwd: string, disk: UpdateDisk): Waiting {
  const { directory } = openRecordedService(folder, cwd);
  const undone = recover(directory, disk);
  return { directory, pending: readPending(directory), undone };
}

function noneWaits({ directory, undone }: Waiting): ScaffoldError {
  const problem = undone
    ? 'an update that was broken off has been undone: the service is as it was before'
    : `${directory} has no update with conflicts`;
  return updateError('UPDATE_NONE', [problem, 'begin one with update; the same command refuses again']);
}

const documents = new Set(['RUNBOOK.md', 'CHECKLIST.md']);

/** The documents of service.json, which may have been resolved just now. */
function renderedDocuments({ files, leftAlone }: YourFiles, notes: string[]): Map<string, PlannedFile> {
  const changes = new Map<string, PlannedFile>();
  const reason = leftAlone.get('service.json');
  const parsed =
    reason === undefined
      ? parseServiceJson(files.get('service.json')?.contents.toString('utf8'))
      : { problems: [`${reason}, and is left alone`] };
  for (const file of documents) {
    const planned = files.get(file);
    if (planned === undefined || !isText(planned.contents)) continue;
    const rendered =
      'service' in parsed ? renderBlocks(file, planned.contents.toString('utf8'), parsed.service) : parsed;
    if ('problems' in rendered)
      notes.push(`${file}: its blocks are not rendered anew: ${rendered.problems.join('; ')}`);
    else {
      const contents = fromPlainText(Buffer.from(rendered.markdown), planned.form);
      if (!contents.equals(planned.raw)) changes.set(file, { contents, mode: planned.mode });
    }
  }
  return changes;
}

/**
 * Ends an update whose conflicts are resolved: the record says from now on that the service has the new template.
 *
 * @throws {ScaffoldError} `UPDATE_PENDING` while a marker remains, or where git has brought back what it changed;
 * `UPDATE_NONE` when no update waits.
 */
export function continueUpdate(folder: string, options: ContinueOptions = {}): EndedUpdate {
  const { cwd = process.cwd(), disk = updateDisk, keepYours = false } = options;
  const waiting = findWaiting(folder, cwd, disk);
  const { directory, pending } = waiting;
  if (pending === undefined) throw noneWaits(waiting);
  refuseOpen(directory, pending, { keepYours });
  const notes: string[] = [];
  const yours = readService(directory, new Set(['service.json', ...documents]), new Set([stateFile, baseFile]));
  const changes = renderedDocuments(yours, notes);
  for (const file of [baseFile, stateFile]) {
    const contents = readFileSync(path.join(directory, workFolder, path.basename(file)));
    changes.set(file, { contents, mode: 0o644 });
  }
  const work = openFinish(directory, disk);
  applyChanges({ directory, work, changes, read: yours.files, disk, commit: () => closeWork(directory, disk) });
  return { directory, from: pending.from, to: pending.to, notes };
}

/** Refuses an abort that could not be carried out, where something of yours stands in the place of what was there. */
function refuseInTheWay(directory: string, { entries, createdFolders }: Journal): void {
  const added = new Set(entries.flatMap(({ path: file, before }) => (before === undefined ? [file] : [])));
  const ours = new Set([...added, ...createdFolders]);
  const isYours = (folder: string): boolean =>
    !ours.has(folder) ||
    readdirSync(path.join(directory, folder), { recursive: true, encoding: 'utf8' }).some(
      (name) => !ours.has(path.posix.join(folder, name)),
    );
  const wasFile = new Set(entries.flatMap(({ path: file, before }) => (before === undefined ? [] : [file])));
  const places = new Set([...wasFile].flatMap((file) => [file, ...foldersAbove(file)]));
  const inTheWay = [...places].filter((place) => {
    const stat = statOf(path.join(directory, place));
    if (stat === undefined || stat.isDirectory() !== wasFile.has(place)) return false;
    return stat.isDirectory() ? isYours(place) : !added.has(place);
  });
  if (inTheWay.length === 0) return;
  const lines = inTheWay.map((place) => `${place} is in the way of what was there before`);
  throw updateError('UPDATE_FILE', [...lines, 'move it away; trying again is safe after that']);
}

/**
 * Brings every file that the update touched back as it was, byte for byte and with its permissions. An update that was
 * broken off, an abort as well, is undone by it, too.
 *
 * What you changed in those files since goes with it; files it did not touch stay as they are now.
 *
 * @throws {ScaffoldError} `UPDATE_NONE` when no update waits.
 */
export function abortUpdate(folder: string, options: EndOptions = {}): EndedUpdate {
  const { cwd = process.cwd(), disk = updateDisk } = options;
  const waiting = findWaiting(folder, cwd, disk);
  const { directory, pending } = waiting;
  if (pending === undefined) {
    if (!waiting.undone) throw noneWaits(waiting);
    const { templateVersion } = openRecordedService(folder, cwd).state;
    return {
      directory,
      from: templateVersion,
      to: templateVersion,
      notes: ['an update that was broken off has been undone'],
    };
  }
  const work = path.join(directory, workFolder);
  const journal = readJournal(journalFile(work));
  refuseInTheWay(directory, journal);
  try {
    // From here on it is a run that was broken off: the next one undoes the rest of it.
    disk.rename(pendingFile(directory), path.join(work, 'aborting.json'));
    playBack(disk, directory, work, journal, { onlyMoved: false });
    closeWork(directory, disk);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw updateError('UPDATE_HALF', [reason, 'make the disk writable and run the same command again'], { cause });
  }
  return { directory, from: pending.from, to: pending.to, notes: [] };
}
