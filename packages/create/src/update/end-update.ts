import { readFileSync } from 'node:fs';
import path from 'node:path';

import { diskError, updateError, type ScaffoldError } from '../errors.ts';
import type { PlannedFile } from '../plan/template.ts';
import type { ServiceJson } from '../service-json/schema.ts';
import { openRecordedService } from '../state/open-service.ts';
import { baseFile, stateFile } from '../state/state.ts';

import { applyChanges } from './apply-changes.ts';
import { journalFile, playBack, readJournal } from './journal.ts';
import { openConflicts, pendingError, readPending, type PendingUpdate } from './pending.ts';
import { readService, type YourFile } from './read-service.ts';
import { parseServiceJson, renderBlocks } from './rendered-blocks.ts';
import { fromPlainText, isText } from './text-form.ts';
import { updateDisk, type UpdateDisk } from './update-disk.ts';
import { closeWork, finishFolder, pendingFile, recover, workFolder } from './work-folder.ts';

export interface EndOptions {
  /** What relative folders start from. @default the working directory */
  readonly cwd?: string;
  readonly disk?: UpdateDisk;
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
function renderedDocuments(
  files: ReadonlyMap<string, YourFile>,
  service: ServiceJson,
  notes: string[],
): Map<string, PlannedFile> {
  const changes = new Map<string, PlannedFile>();
  for (const file of documents) {
    const planned = files.get(file);
    if (planned === undefined || !isText(planned.contents)) continue;
    const rendered = renderBlocks(file, planned.contents.toString('utf8'), service);
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
 * @throws {ScaffoldError} `UPDATE_PENDING` while a marker remains, `UPDATE_NONE` when no update waits.
 */
export function continueUpdate(folder: string, options: EndOptions = {}): EndedUpdate {
  const { cwd = process.cwd(), disk = updateDisk } = options;
  const waiting = findWaiting(folder, cwd, disk);
  const { directory, pending } = waiting;
  if (pending === undefined) throw noneWaits(waiting);
  const open = openConflicts(directory, pending);
  if (open.length > 0) throw pendingError(pending, open);
  const notes: string[] = [];
  const { files } = readService(directory, new Set(['service.json', ...documents]), new Set([stateFile, baseFile]));
  const parsed = parseServiceJson(files.get('service.json')?.contents.toString('utf8'));
  // Documents of another service.json would be wrong at night, and nothing would render them later.
  if ('problems' in parsed) throw pendingError(pending, parsed.problems);
  const changes = renderedDocuments(files, parsed.service, notes);
  for (const file of [baseFile, stateFile]) {
    const contents = readFileSync(path.join(directory, workFolder, path.basename(file)));
    changes.set(file, { contents, mode: 0o644 });
  }
  const work = finishFolder(directory);
  try {
    disk.mkdir(work);
  } catch (error) {
    throw diskError(error);
  }
  applyChanges({ directory, work, changes, read: files, disk, commit: () => closeWork(directory, disk) });
  return { directory, from: pending.from, to: pending.to, notes };
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
