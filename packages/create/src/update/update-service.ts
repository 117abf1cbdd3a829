import path from 'node:path';

import { updateError } from '../errors.ts';
import type { FileTree } from '../plan/template.ts';
import { openRecordedService, type RecordedService } from '../state/open-service.ts';
import { baseFile, recordFiles, recordsOf, stateFile, withoutRecords } from '../state/state.ts';

import { applyChanges } from './apply-changes.ts';
import { markerLines, ownSeparators } from './conflict-markers.ts';
import type { Conflict } from './draft.ts';
import {
  installedTemplate,
  isCurrent,
  refuseOlder,
  type InstalledTemplate,
  type TemplateSource,
} from './installed-template.ts';
import { refuseUnfinished } from './open-conflicts.ts';
import type { PendingUpdate } from './pending.ts';
import { planUpdate, type UpdatePlan } from './plan-update.ts';
import { baseFrom, readBase } from './read-base.ts';
import { readService, type YourFile, type YourFiles } from './read-service.ts';
import { renderFresh } from './render-fresh.ts';
import { updateDisk, type UpdateDisk } from './update-disk.ts';
import { closeWork, pendingFile, recover, withWork } from './work-folder.ts';

export interface UpdateOptions extends TemplateSource {
  /** What relative folders start from. @default the working directory */
  readonly cwd?: string;
  /** Plans and writes nothing. @default false */
  readonly dryRun?: boolean;
  readonly disk?: UpdateDisk;
}

/** What an update did, or would do. */
export interface UpdateResult {
  readonly outcome: 'current' | 'updated' | 'conflicts' | 'planned';
  /** The absolute path of the service. */
  readonly directory: string;
  readonly from: string;
  readonly to: string;
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly conflicts: readonly Conflict[];
  readonly notes: readonly string[];
  /** The changes as a unified diff; of a dry run only. */
  readonly diff?: string;
  readonly durationMs: number;
}

/** Markers of an update that somebody else began, and committed. */
function refuseMarkers({ files }: YourFiles): void {
  const open = [...files].flatMap(([file, { raw }]) => markerLines(raw).map((line) => `${file}:${line}`));
  if (open.length === 0) return;
  const mend = 'resolve them first; the same files refuse again';
  throw updateError('UPDATE_PENDING', ['markers of an earlier update remain', ...open, mend]);
}

interface Planned {
  readonly plan: UpdatePlan;
  readonly yours: YourFiles;
  readonly rendered: FileTree;
}

async function planFor({ directory, state }: RecordedService, installed: InstalledTemplate): Promise<Planned> {
  const rendered = await renderFresh(state, installed);
  const fresh = withoutRecords(rendered);
  const stored = readBase(directory, state);
  const base = stored ?? baseFrom(rendered, state);
  const yours = readService(directory, new Set(Object.keys(state.files)), new Set(fresh.keys()));
  refuseMarkers(yours);
  const plan = await planUpdate({ base, records: state.files, yours, fresh, version: installed.version });
  return { plan, yours, rendered };
}

/** The record's own files as they are now: they are replaced like any other. */
function readRecords(directory: string): Map<string, YourFile> {
  return new Map(readService(directory, recordFiles, new Set()).files);
}

function applyClean(directory: string, { plan, yours, rendered }: Planned, disk: UpdateDisk): void {
  withWork(directory, disk, (work) => {
    const changes = new Map([...plan.changes, ...recordsOf(rendered)]);
    const read = new Map([...yours.files, ...readRecords(directory)]);
    applyChanges({ directory, work, changes, read, disk, commit: () => closeWork(directory, disk) });
  });
}

/** Everything but the record is in place; it follows when the conflicts are resolved. */
function applyWithConflicts(directory: string, planned: Planned, pending: PendingUpdate, disk: UpdateDisk): void {
  const { plan, yours, rendered } = planned;
  withWork(directory, disk, (work) => {
    for (const [file, { contents }] of recordsOf(rendered))
      disk.writeFile(path.join(work, path.basename(file)), contents);
    const commit = () => {
      disk.writeFile(`${pendingFile(directory)}.new`, `${JSON.stringify(pending, null, 2)}\n`);
      disk.rename(`${pendingFile(directory)}.new`, pendingFile(directory));
    };
    applyChanges({ directory, work, changes: plan.changes, read: yours.files, disk, commit });
  });
}

/** A lost or broken archive is written anew where that is possible; nothing else changes. */
async function repairBase(service: RecordedService, installed: InstalledTemplate, disk: UpdateDisk): Promise<string[]> {
  const { directory, state } = service;
  if (readBase(directory, state) !== undefined) return [];
  const rendered = await renderFresh(state, installed);
  const archive = rendered.get(baseFile);
  if (archive === undefined || baseFrom(rendered, state) === undefined)
    return [
      `${baseFile} is lost, and the template no longer gives what ${stateFile} records: the next update cannot merge`,
    ];
  withWork(directory, disk, (work) => {
    const read = readRecords(directory);
    const changes = new Map([[baseFile, archive]]);
    applyChanges({ directory, work, changes, read, disk, commit: () => closeWork(directory, disk) });
  });
  return [`${baseFile} was lost or broken; it is written anew`];
}

/**
 * Takes over what the template changed since the service was rendered, and keeps what you changed.
 *
 * Conflicts are no error: every other file is in place, the files that are named carry markers, and the update waits for
 * `continueUpdate` or `abortUpdate`. A failure leaves the service as it was; a run that was killed is undone by the next one.
 *
 * @throws {ScaffoldError} when there is no service, the template is older, git is needed and missing, or a file cannot be used.
 * @example
 * ```ts
 * import { mkdtempSync, rmSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import path from 'node:path';
 * import { scaffold, updateService } from 'create-seaworthy';
 * const cwd = mkdtempSync(path.join(tmpdir(), 'example-'));
 * const { target } = await scaffold({ name: 'orders-api', language: 'python', owner: 'team-orders', git: false }, { cwd });
 * const { outcome } = await updateService(target);
 * if (outcome !== 'current') throw new Error('a service that was just written needs no update');
 * rmSync(cwd, { recursive: true });
 * ```
 */
export async function updateService(folder: string, options: UpdateOptions = {}): Promise<UpdateResult> {
  const startedAt = performance.now();
  const { cwd = process.cwd(), dryRun = false, disk = updateDisk, ...source } = options;
  const service = openRecordedService(folder, cwd);
  const { directory } = service;
  const undone = dryRun ? false : recover(directory, disk);
  refuseUnfinished(directory);
  // The record may have been brought back just now.
  const { state } = undone ? openRecordedService(folder, cwd) : service;
  const installed = await installedTemplate(state, source);
  refuseOlder(state, installed);
  const notes = undone ? ['an update that was broken off has been undone first'] : [];
  const facts = { directory, from: state.templateVersion, to: installed.version };
  const ended = (outcome: UpdateResult['outcome'], plan: UpdatePlan) => ({
    outcome,
    ...facts,
    written: [...plan.changes].flatMap(([file, next]) => (next === undefined ? [] : [file])),
    removed: [...plan.changes].flatMap(([file, next]) => (next === undefined ? [file] : [])),
    conflicts: plan.conflicts,
    notes: [...notes, ...plan.notes],
    durationMs: performance.now() - startedAt,
  });
  if (isCurrent(state, installed)) {
    const repaired = dryRun ? [] : await repairBase({ directory, state }, installed, disk);
    return ended('current', { changes: new Map(), conflicts: [], notes: repaired });
  }
  const planned = await planFor({ directory, state }, installed);
  const { plan, yours } = planned;
  if (dryRun) {
    const { unifiedDiff } = await import('./unified-diff.ts');
    return { ...ended('planned', plan), diff: await unifiedDiff(plan.changes, yours.files) };
  }
  if (plan.conflicts.length === 0) {
    applyClean(directory, planned, disk);
    return ended('updated', plan);
  }
  const separators = Object.fromEntries(
    plan.conflicts.flatMap(({ file, beside }) => {
      const contents = beside === undefined ? plan.changes.get(file)?.contents : undefined;
      return contents === undefined ? [] : [[file, ownSeparators(contents)] as const];
    }),
  );
  const { conflicts } = plan;
  applyWithConflicts(directory, planned, { from: facts.from, to: facts.to, conflicts, separators }, disk);
  return ended('conflicts', plan);
}
