import { existsSync, readFileSync } from 'node:fs';

import { updateError } from '../errors.ts';
import { isSafePath } from '../plan/safe-path.ts';

import type { Conflict } from './draft.ts';
import { pendingFile } from './work-folder.ts';

/** An update that waits for somebody to decide. */
export interface PendingUpdate {
  readonly from: string;
  readonly to: string;
  readonly conflicts: readonly Conflict[];
  /** For each file with markers, how many lines of its own look like the middle of a conflict. */
  readonly separators: Readonly<Record<string, number>>;
}

/** Reads the update that is waiting; undefined when none is. */
export function readPending(directory: string): PendingUpdate | undefined {
  const file = pendingFile(directory);
  if (!existsSync(file)) return undefined;
  try {
    const pending = JSON.parse(readFileSync(file, 'utf8')) as Pick<PendingUpdate, 'from' | 'to' | 'conflicts'> &
      Partial<PendingUpdate>;
    const paths = pending.conflicts.flatMap(({ file: named, beside }) => [named, beside ?? named]);
    // What an earlier version wrote has none.
    if (paths.every(isSafePath)) return { ...pending, separators: pending.separators ?? {} };
  } catch {
    // Told below, as a path that leads out is.
  }
  const mend = 'bring the service back with git, then remove the folder .seaworthy/update';
  throw updateError('UPDATE_FILE', [`${file}: not what an update wrote there`, mend]);
}
