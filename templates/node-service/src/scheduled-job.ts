import type { DatabaseSync } from 'node:sqlite';

import type { JobRun } from '@seaworthy/jobs';

/** Work that a clock starts: each slot is done once, whoever starts it and however often. */
export interface ScheduledJob {
  readonly name: string;
  /** What is due at a moment; now unless told. */
  dueAt(connection: DatabaseSync, at?: Date): DueJob;
}

export interface DueJob {
  /** Names the slot. */
  readonly key: string;
  /** JSON that decides what is done. */
  readonly input: unknown;
  readonly run: (run: JobRun<DatabaseSync, unknown>) => Promise<unknown>;
}
