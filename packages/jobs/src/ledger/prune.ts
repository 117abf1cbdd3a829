import { WrongOptions } from '../errors/wrong-options.ts';
import { aStore, isStore } from '../read-job-options.ts';
import { isWhole } from '../value-checks.ts';
import type { JobStore } from './job-store.ts';

/** Few enough that nothing waits long for one transaction. */
const rowsPerBatch = 1000;

/**
 * Deletes finished keys whose time to be kept is over; returns how many.
 *
 * Each job that finishes prunes a hundred; nothing has to call this. Failed keys stay: they hold a cursor.
 *
 * @param limit - the most that are deleted; all unless told
 * @throws {JobError} `JOB_OPTIONS_INVALID`, `JOB_TABLE_MISSING`, `JOB_STORE_FAILED`, `JOB_CONNECTION_BUSY`.
 * @example
 * ```ts
 * import { job, memoryStore, prune } from '@seaworthy/jobs';
 *
 * let nowMs = 0;
 * const store = memoryStore(() => nowMs);
 * await job({ name: 'sweep', key: '2026-11-23', input: null, store, keepMs: 1000 }, () => 3);
 * nowMs = 1000;
 * if ((await prune(store)) !== 1) throw new Error('it was kept');
 * ```
 */
export async function prune(store: JobStore<unknown>, limit = Number.MAX_SAFE_INTEGER): Promise<number> {
  const wrong = new WrongOptions('JOB_OPTIONS_INVALID', 'prune');
  wrong.demand(isStore(store), 'store', store, aStore);
  wrong.demand(isWhole(limit, 1, Number.MAX_SAFE_INTEGER), 'limit', limit, 'a whole number from 1, or nothing');
  wrong.throwAny();
  let pruned = 0;
  for (;;) {
    const batch = Math.min(limit - pruned, rowsPerBatch);
    // oxlint-disable-next-line no-await-in-loop -- in batches, so that others get their turn
    const deleted = await store.prune(batch);
    pruned += deleted;
    if (deleted < batch || pruned >= limit) return pruned;
  }
}
