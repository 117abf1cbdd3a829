import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckSnapshot, HealthSnapshot } from '../health-snapshot.ts';
import type { JobTotals } from '../jobs/job-totals.ts';
import { Recorder } from '../recording/recorder.ts';
import type { CacheClass } from '../recording/request-marks.ts';
import type { DeployVerdict } from '../verdict/deploy-verdict.ts';

export const contractFolder = path.resolve(import.meta.dirname, '../../contract');

export const stateNames = ['fresh', 'well', 'warn', 'failing', 'draining'] as const;

/** What a service has seen, as the golden documents give it; times are ISO 8601. */
export interface Given {
  readonly serviceId: string;
  readonly releaseId: string;
  readonly now: string;
  readonly startedAt: string;
  readonly ready: boolean;
  readonly started: boolean;
  readonly draining: boolean;
  readonly objectives: HealthSnapshot['objectives'];
  readonly checks: readonly (Omit<CheckSnapshot, 'at'> & { readonly at: string | null })[];
  readonly requests: readonly {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly cache: CacheClass;
    readonly databaseCalls: number;
    readonly timesMs: readonly (readonly [durationMs: number, count: number])[];
  }[];
  readonly jobs: readonly (Omit<JobTotals, 'lastSucceededAt' | 'lastFailedAt'> & {
    readonly lastSucceededAt: string | null;
    readonly lastFailedAt: string | null;
  })[];
  readonly deploy: DeployVerdict | null;
}

export interface GoldenState {
  readonly name: string;
  readonly about: string;
  readonly given: Given;
  readonly public: unknown;
  readonly full: unknown;
}

export const readGoldenState = (name: string): GoldenState =>
  JSON.parse(readFileSync(path.join(contractFolder, `documents/${name}.json`), 'utf8')) as GoldenState;

const wallMs = (time: string): number => Date.parse(time);
const wallMsOrNull = (time: string | null): number | null => (time === null ? null : wallMs(time));

/** Feeds what is given into the real recorder and returns what a rendering would see. */
export function snapshotOf(given: Given): HealthSnapshot {
  const recorder = new Recorder(50);
  for (const { method, route, status, cache, databaseCalls, timesMs } of given.requests) {
    for (const [durationMs, count] of timesMs) {
      for (let index = 0; index < count; index += 1) {
        recorder.begin();
        recorder.end(durationMs, { route, cache, databaseCalls, startedAt: 0 }, method, status);
      }
    }
  }
  return {
    ...given,
    wallMs: wallMs(given.now),
    startedAtMs: wallMs(given.startedAt),
    checks: given.checks.map((check) => ({ ...check, at: wallMsOrNull(check.at) })),
    jobs: given.jobs.map((job) => ({
      ...job,
      lastSucceededAt: wallMsOrNull(job.lastSucceededAt),
      lastFailedAt: wallMsOrNull(job.lastFailedAt),
    })),
    deploy: given.deploy ?? undefined,
    window: recorder.readWindow(0),
    sinceStart: recorder.readSinceStart(),
    totals: recorder.readTotals(),
  };
}
