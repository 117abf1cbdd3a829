import { ScaffoldError } from '../errors.ts';
import type { FileTree, PlannedFile } from '../plan/template.ts';
import { openRecordedService } from '../state/open-service.ts';
import { parseState } from '../state/parse-state.ts';
import { stateFile, withoutRecords, type ServiceState } from '../state/state.ts';

import { compareVersions } from './compare-versions.ts';
import { refuseUnfinished } from './pending.ts';
import { readService } from './read-service.ts';
import { fromPlainText } from './text-form.ts';
import { unifiedDiff } from './unified-diff.ts';

/** How a service differs from what would be written in its place. Files that are the service's alone are left out. */
export interface ServiceComparison {
  /** How many files were compared. */
  readonly compared: number;
  /** The paths that differ. */
  readonly differing: readonly string[];
  /** From the service to what would be written, as a unified diff; of a binary file the name alone. */
  readonly diff: string;
  /** True when an update would bring what the template changed since. */
  readonly updateAvailable: boolean;
  /** What was not compared, and why. */
  readonly notes: readonly string[];
}

/**
 * Reads the record of a service that is to be compared.
 *
 * @throws {ScaffoldError} `SCAFFOLD_TARGET` for one of another template, `UPDATE_STATE` for a record that cannot be used,
 * `UPDATE_PENDING` and `UPDATE_HALF` while an update has not ended.
 */
export function openComparedService(directory: string, template: string): ServiceState {
  const { state } = openRecordedService(directory, directory);
  if (state.template !== template) {
    const language = state.template.replace(/-service$/, '');
    const mend = `compare it with --language=${language}, or choose another --name`;
    throw new ScaffoldError('SCAFFOLD_TARGET', [`${directory} is a service of the ${language} template; ${mend}`]);
  }
  refuseUnfinished(directory);
  return state;
}

function isUpdateAvailable(state: ServiceState, rendered: FileTree): boolean {
  const fresh = parseState(rendered.get(stateFile)?.contents.toString('utf8') ?? '');
  const isSame = fresh.templateVersion === state.templateVersion && fresh.templateTree === state.templateTree;
  return !isSame && compareVersions(fresh.templateVersion, state.templateVersion) >= 0;
}

/**
 * Compares a service with a rendering, file by file; nothing is merged and nothing is written.
 *
 * Line ends and a byte order mark are no difference, and neither is the record: it changes with every version. A file
 * that a former version wrote, and today's would not, counts as one that goes.
 *
 * @throws {ScaffoldError} `UPDATE_FILE` when a file cannot be read.
 */
export async function compareService(
  directory: string,
  state: ServiceState,
  rendered: FileTree,
): Promise<ServiceComparison> {
  const fresh = withoutRecords(rendered);
  const paths = new Set([...fresh.keys(), ...Object.keys(state.files)]);
  // Nothing counts as lost here, so nothing is searched for in the rest of the folder.
  const { files, leftAlone } = readService(directory, new Set(), paths);
  const changes = new Map<string, PlannedFile | undefined>();
  let compared = 0;
  for (const file of paths) {
    const [yours, planned] = [files.get(file), fresh.get(file)];
    if (leftAlone.has(file) || (yours === undefined && planned === undefined)) continue;
    compared += 1;
    const contents = planned === undefined ? undefined : fromPlainText(planned.contents, yours?.form);
    const isSame = contents !== undefined && yours?.mode === planned?.mode && yours?.raw.equals(contents) === true;
    if (!isSame)
      changes.set(file, planned === undefined || contents === undefined ? undefined : { ...planned, contents });
  }
  return {
    compared,
    differing: [...changes.keys()],
    diff: await unifiedDiff(changes, files),
    updateAvailable: isUpdateAvailable(state, rendered),
    notes: Array.from(leftAlone, ([file, reason]) => `${file}: not compared, as ${reason}`),
  };
}
