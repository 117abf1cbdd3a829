// Work that is done once for its key.
export { job } from './job.ts';
export type { JobEnd, JobLogLine, JobOptions, JobOutcome, JobRun, Kept } from './job-options.ts';

// Where the ledger is kept.
export { memoryStore } from './stores/memory-store.ts';
export { postgresStore, type PostgresStoreOptions } from './stores/postgres/postgres-store.ts';
export type { PostgresAnswer, PostgresClient, PostgresPool } from './stores/postgres/postgres-transaction.ts';
export { sqliteStore, type SqliteStoreOptions } from './stores/sqlite/sqlite-store.ts';
export type { SqliteDatabase, SqliteStatement } from './stores/sqlite/sqlite-transaction.ts';
export type { Advance, Claim, ClaimAnswer, Ended, Hold, JobStore, WorkKey } from './ledger/job-store.ts';

// What is done with the ledger besides.
export { migrate } from './ledger/migrate.ts';
export { prune } from './ledger/prune.ts';
export { watchJobs, type WatchOptions } from './watch/watch-jobs.ts';

// Keys of work that is started by a clock.
export { type Schedule, scheduleKey } from './schedule/schedule-key.ts';

// What goes wrong.
export { JobError, type JobHolding, type JobProblem } from './errors/job-error.ts';
export { type JobErrorCode, jobErrorCodes } from './errors/job-error-codes.ts';
