import type { FileTree, PlannedFile } from '../plan/template.ts';
import { withoutRecords } from '../state/state.ts';

import { readService } from './read-service.ts';
import { fromPlainText } from './text-form.ts';
import { unifiedDiff } from './unified-diff.ts';

/** How a service differs from what would be rendered in its place. Files that only the service has are left out. */
export interface ServiceComparison {
  /** The paths that differ. */
  readonly differing: readonly string[];
  /** From the service to what would be rendered, as `git apply` takes it in the folder of the service. */
  readonly diff: string;
  /** What was not compared, and why. */
  readonly notes: readonly string[];
}

/**
 * Compares a service with a rendering, file by file; nothing is merged and nothing is written.
 *
 * Line ends and a byte order mark are no difference, and neither is the record: it changes with every version.
 *
 * @throws {ScaffoldError} `UPDATE_FILE` when a file cannot be read.
 */
export async function compareService(directory: string, rendered: FileTree): Promise<ServiceComparison> {
  const fresh = withoutRecords(rendered);
  // Nothing counts as lost here, so nothing is searched for in the rest of the folder.
  const { files, leftAlone } = readService(directory, new Set(), new Set(fresh.keys()));
  const changes = new Map<string, PlannedFile>();
  for (const [file, { contents, mode }] of fresh) {
    const yours = files.get(file);
    const planned = { contents: fromPlainText(contents, yours?.form), mode };
    const isEqual = yours !== undefined && yours.mode === mode && yours.raw.equals(planned.contents);
    if (!isEqual && !leftAlone.has(file)) changes.set(file, planned);
  }
  return {
    differing: [...changes.keys()],
    diff: await unifiedDiff(changes, files),
    notes: Array.from(leftAlone, ([file, reason]) => `${file}: not compared, as ${reason}`),
  };
}
