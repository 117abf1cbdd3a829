import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { ScaffoldError } from '../errors.ts';
import { openRecordedService } from '../state/open-service.ts';
import { isIndispensable } from '../state/policy.ts';
import { baseFile, type ServiceState } from '../state/state.ts';

import { markerLines } from './conflict-markers.ts';
import { fileState } from './file-state.ts';
import { installedTemplate, isCurrent, isOlder, type TemplateSource } from './installed-template.ts';
import { readPending } from './pending.ts';
import { isBrokenOff } from './work-folder.ts';

export type CheckStatus = 'current' | 'update available' | 'drifted' | 'conflicts' | 'cannot tell';

/** What a check found out about one service. */
export interface CheckedService {
  /** The folder as it was named. */
  readonly service: string;
  readonly status: CheckStatus;
  readonly from?: string;
  readonly to?: string;
  /** How many files differ from what the template wrote. */
  readonly edited?: number;
  /** Files that are the template's alone, or that a service cannot be without, and are not as they were written. */
  readonly drifted?: readonly string[];
  /** What remains of an update: `file:line`, or the version that lies beside a file. */
  readonly conflicts?: readonly string[];
  /** Why it cannot tell. */
  readonly reason?: string;
}

export interface CheckOptions extends TemplateSource {
  /** What relative folders start from. @default the working directory */
  readonly cwd?: string;
}

interface Differences {
  readonly edited: string[];
  readonly drifted: string[];
  readonly markers: string[];
}

function differencesOf(directory: string, { files }: ServiceState): Differences {
  const found: Differences = { edited: [], drifted: [], markers: [] };
  for (const [file, record] of Object.entries(files)) {
    const place = path.join(directory, file);
    const state = fileState(place, record);
    if (state === 'same') continue;
    if (state === 'edited') {
      found.edited.push(file);
      found.markers.push(...markerLines(readFileSync(place)).map((line) => `${file}:${line}`));
    }
    const isOurs = record.policy === 'managed' || (state === 'gone' && isIndispensable(record.policy));
    if (isOurs) found.drifted.push(file);
  }
  // Looked at only: to unpack it would cost more than the whole check.
  if (!existsSync(path.join(directory, baseFile))) found.drifted.push(baseFile);
  return found;
}

/**
 * Says whether an update is available, and whether files that are the template's alone were changed. It reads, and starts nothing:
 * no git, no rendering. Whatever is wrong with the service is an answer, "cannot tell", and no exception.
 *
 * @example
 * ```ts
 * import { checkService } from 'create-seaworthy';
 * const { status, reason = '' } = await checkService('packages');
 * if (status !== 'cannot tell' || !reason.includes('state.json')) throw new Error('packages is no service');
 * ```
 */
export async function checkService(folder: string, options: CheckOptions = {}): Promise<CheckedService> {
  const { cwd = process.cwd(), ...source } = options;
  try {
    const { directory, state } = openRecordedService(folder, cwd);
    const installed = await installedTemplate(state, source);
    const versions = { service: folder, from: state.templateVersion, to: installed.version };
    if (isBrokenOff(directory))
      return { ...versions, status: 'cannot tell', reason: 'an update was broken off; the next update undoes it' };
    const { edited, drifted, markers } = differencesOf(directory, state);
    const pending = readPending(directory);
    const facts = { ...versions, edited: edited.length, drifted };
    if (pending !== undefined) {
      // Loaded only now: a check of a service that waits for nothing need not pay for it.
      const { openConflicts, pendingError } = await import('./open-conflicts.ts');
      const open = openConflicts(directory, pending);
      return {
        ...facts,
        status: 'conflicts',
        conflicts: open.length === 0 ? pendingError(directory, pending, open).problems.slice(1) : open,
      };
    }
    if (markers.length > 0) return { ...facts, status: 'conflicts', conflicts: markers };
    if (isOlder(state, installed))
      return { ...facts, status: 'cannot tell', reason: 'the installed create-seaworthy is older than the service' };
    if (!isCurrent(state, installed)) return { ...facts, status: 'update available' };
    return { ...facts, status: drifted.length > 0 ? 'drifted' : 'current' };
  } catch (error) {
    if (!(error instanceof ScaffoldError)) throw error;
    return { service: folder, status: 'cannot tell', reason: `${error.problems.join('; ')} (${error.code})` };
  }
}
