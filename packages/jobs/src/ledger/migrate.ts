import { WrongOptions } from '../errors/wrong-options.ts';
import { aStore, isStore } from '../read-job-options.ts';
import type { JobStore } from './job-store.ts';

/**
 * Creates the table of the ledger where it is missing. Any number of processes may call it at once, and again.
 *
 * Nothing else creates it: call it where the migrations run, with the right to create tables.
 *
 * @throws {JobError} `JOB_OPTIONS_INVALID`, `JOB_STORE_FAILED`, `JOB_CONNECTION_BUSY`.
 * @example
 * ```ts
 * import { DatabaseSync } from 'node:sqlite';
 * import { migrate, sqliteStore } from '@seaworthy/jobs';
 *
 * const database = new DatabaseSync(':memory:');
 * await migrate(sqliteStore({ database }));
 * if (database.prepare('SELECT * FROM seaworthy_jobs').all().length !== 0) throw new Error('it is not empty');
 * ```
 */
export async function migrate(store: JobStore<unknown>): Promise<void> {
  const wrong = new WrongOptions('JOB_OPTIONS_INVALID', 'migrate');
  wrong.demand(isStore(store), 'store', store, aStore);
  wrong.throwAny();
  await store.migrate();
}
