import type { Answers } from '../answers/answers.ts';
import { ScaffoldError } from '../errors.ts';
import type { PlannedFile } from '../plan/template.ts';
import { openRecordedService } from '../state/open-service.ts';
import { withoutRecords, type ServiceState } from '../state/state.ts';

import { installedTemplate, isCurrent, isOlder, type TemplateSource } from './installed-template.ts';
import { refuseUnfinished } from './open-conflicts.ts';
import { readService, type YourFile } from './read-service.ts';
import { renderService } from './render-fresh.ts';
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

/** Reads the record of a service that can be compared with one of these answers. */
function openComparedService(directory: string, answers: Answers): ServiceState {
  const { state } = openRecordedService(directory, directory);
  if (state.template !== `${answers.language}-service`) {
    const language = state.template.replace(/-service$/, '');
    const mend = `compare it with --language=${language}, or choose another --name`;
    throw new ScaffoldError('SCAFFOLD_TARGET', [`${directory} is a service of the ${language} template; ${mend}`]);
  }
  refuseUnfinished(directory);
  return state;
}

/** What would be written with the plan, in the form in which the file lies there; undefined where that is the file itself. */
function changeOf(yours: YourFile | undefined, planned: PlannedFile): PlannedFile | undefined {
  const contents = fromPlainText(planned.contents, yours?.form);
  const isSame = yours?.mode === planned.mode && yours.raw.equals(contents);
  return isSame ? undefined : { contents, mode: planned.mode };
}

/**
 * Compares a service with what these answers would write, on the terms that it was written on: its tag prefix, its Node,
 * the packages that it carries. File by file; nothing is merged and nothing is written.
 *
 * Line ends and a byte order mark are no difference, and neither is the record: it changes with every version. A file
 * that a former version wrote, and today's would not, counts as one that goes.
 *
 * @throws {ScaffoldError} `SCAFFOLD_TARGET` for one of another template, `UPDATE_STATE` for a record that cannot be used,
 * `UPDATE_PENDING` and `UPDATE_HALF` while an update has not ended, `UPDATE_FILE` when a file cannot be read.
 */
export async function compareService(directory: string, answers: Answers, source: TemplateSource) {
  const state = openComparedService(directory, answers);
  const installed = await installedTemplate(state, source);
  const rendered = await renderService(answers, state, installed);
  const fresh = withoutRecords(rendered);
  const ofTemplate = new Set([...fresh.keys(), ...Object.keys(state.files)]);
  // Nothing counts as lost here, so nothing is searched for in the rest of the folder.
  const { files, leftAlone } = readService(directory, new Set(), ofTemplate);
  const paths = [...ofTemplate].filter((file) => !leftAlone.has(file) && (fresh.has(file) || files.has(file)));
  const changes = new Map<string, PlannedFile | undefined>();
  for (const file of paths) {
    const planned = fresh.get(file);
    const change = planned === undefined ? undefined : changeOf(files.get(file), planned);
    if (planned === undefined || change !== undefined) changes.set(file, change);
  }
  const comparison: ServiceComparison = {
    compared: paths.length,
    differing: [...changes.keys()],
    diff: await unifiedDiff(changes, files),
    updateAvailable: !isCurrent(state, installed) && !isOlder(state, installed),
    notes: Array.from(leftAlone, ([file, reason]) => `${file}: not compared, as ${reason}`),
  };
  return { files: rendered, comparison };
}
