/**
 * How one run of background work ended; `skipped` when there was nothing to do, as for a key that is done already.
 *
 * @example
 * ```ts
 * import { createHealth, type JobOutcome } from '@seaworthy/healthcheck';
 *
 * const outcomes: JobOutcome[] = ['succeeded', 'failed', 'skipped'];
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * for (const outcome of outcomes) health.jobFinished('nightly-invoices', outcome);
 * if (health.snapshot().jobs[0]?.failed !== 1) throw new Error('the failure was not counted');
 * health.close();
 * ```
 */
export type JobOutcome = 'succeeded' | 'failed' | 'skipped';

/**
 * What is known of the runs of one job since the process started; times in milliseconds since 1970.
 *
 * @example
 * ```ts
 * import { createHealth, type JobTotals } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * health.jobFinished('nightly-invoices', 'succeeded');
 * const job: JobTotals | undefined = health.snapshot().jobs[0];
 * if (job?.succeeded !== 1 || job.lastFailedAt !== null) throw new Error('the outcome was not counted');
 * health.close();
 * ```
 */
export interface JobTotals {
  readonly name: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  readonly lastSucceededAt: number | null;
  readonly lastFailedAt: number | null;
  readonly lastOutcome: JobOutcome;
}

const outcomes: readonly string[] = ['succeeded', 'failed', 'skipped'] satisfies JobOutcome[];

/** Names come from code, and still nothing may grow for ever. */
const mostNames = 100;
const otherJobs = 'other';

/** Counts runs of background work by name. */
export class JobCounts {
  readonly #jobs = new Map<string, { -readonly [Key in keyof JobTotals]: JobTotals[Key] }>();

  /** Nothing happens for an outcome or a name that is none: a measurement never fails a job. */
  record(name: string, outcome: JobOutcome, wallMs: number): void {
    if (typeof name !== 'string' || name === '' || !outcomes.includes(outcome)) return;
    const key = this.#jobs.has(name) || this.#jobs.size < mostNames ? name : otherJobs;
    const job = this.#jobs.get(key) ?? {
      name: key,
      succeeded: 0,
      failed: 0,
      skipped: 0,
      lastSucceededAt: null,
      lastFailedAt: null,
      lastOutcome: outcome,
    };
    job[outcome] += 1;
    job.lastOutcome = outcome;
    if (outcome === 'succeeded') job.lastSucceededAt = wallMs;
    if (outcome === 'failed') job.lastFailedAt = wallMs;
    this.#jobs.set(key, job);
  }

  read(): JobTotals[] {
    return Array.from(this.#jobs.values(), (job) => ({ ...job }));
  }
}
