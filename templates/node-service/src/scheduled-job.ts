import type { JobRun } from '@seaworthy/jobs';

import type { BackgroundDatabase } from './database/background-database.ts';

/** Work that a clock starts: each slot is done once, whoever starts it and however often. */
export interface ScheduledJob {
  readonly name: string;
  /** What is due at a moment; now unless told. */
  dueAt<Connection>(database: BackgroundDatabase<Connection>, at?: Date): DueJob<Connection>;
}

export interface DueJob<Connection> {
  /** Names the slot. */
  readonly key: string;
  /** JSON that decides what is done. */
  readonly input: unknown;
  readonly run: (run: JobRun<Connection, unknown>) => Promise<unknown>;
}
