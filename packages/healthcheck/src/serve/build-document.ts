import type { CheckSnapshot, HealthSnapshot } from '../health-snapshot.ts';
import type { JobTotals } from '../jobs/job-totals.ts';
import { answerQuestions } from './answer-questions.ts';
import { isFailing } from './failing-job.ts';
import type { HealthDocument, HealthHistograms, HealthMeasurement } from './health-document.ts';
import { measureTraffic } from './traffic-measurements.ts';

/** Renders the health document, contract `health/1`; `full` adds what names a dependency, a job or a release before. */
export function buildDocument(snapshot: HealthSnapshot, full: boolean): HealthDocument {
  const { ready, wallMs, serviceId, releaseId, deploy } = snapshot;
  const { measurements } = measureTraffic(snapshot.window.total, snapshot.objectives, wallMs);
  const all: [string, HealthMeasurement][] = [
    ...snapshot.checks.map((check) => measureCheck(check, wallMs)),
    ...Object.entries(measurements),
    ...measureJobs(snapshot.jobs, wallMs),
  ];
  const warned = all.some(([, { status }]) => status !== 'pass');
  const details = {
    checks: Object.fromEntries(all.map(([name, measurement]) => [name, [measurement]])),
    histograms: sparse(snapshot),
    ...(deploy === undefined ? {} : { deploy }),
  };
  return {
    status: ready ? (warned ? 'warn' : 'pass') : 'fail',
    contract: 'health/1',
    serviceId,
    releaseId,
    ...answerQuestions(snapshot),
    ...(full ? details : {}),
  };
}

function measureCheck(check: CheckSnapshot, wallMs: number): [string, HealthMeasurement] {
  const { name, componentType, durationMs, status, at } = check;
  const measurement: HealthMeasurement = {
    componentType,
    observedValue: durationMs === null ? null : Math.round(durationMs * 100) / 100,
    observedUnit: 'ms',
    status,
    time: isoTime(at ?? wallMs),
  };
  return [`${name}:responseTime`, measurement];
}

function measureJobs(jobs: readonly JobTotals[], wallMs: number): [string, HealthMeasurement][] {
  if (jobs.length === 0) return [];
  const runs = jobs.map(({ name, lastSucceededAt, lastFailedAt, ...totals }) => [
    name,
    { ...totals, lastSucceededAt: isoTimeOrNull(lastSucceededAt), lastFailedAt: isoTimeOrNull(lastFailedAt) },
  ]);
  const measurement: HealthMeasurement = {
    componentType: 'component',
    observedValue: Object.fromEntries(runs),
    observedUnit: 'count',
    status: jobs.some(isFailing) ? 'warn' : 'pass',
    time: isoTime(wallMs),
  };
  return [['jobs:outcome', measurement]];
}

function sparse({ window: { minutes, total } }: HealthSnapshot): HealthHistograms {
  const { hit, miss, none } = total.times;
  return {
    unit: 'us',
    minutes,
    hit: hit.sparse(),
    miss: miss.sparse(),
    none: none.sparse(),
    failed: total.failedTimes.sparse(),
  };
}

const isoTime = (wallMs: number): string => new Date(wallMs).toISOString();
const isoTimeOrNull = (wallMs: number | null): string | null => (wallMs === null ? null : isoTime(wallMs));
