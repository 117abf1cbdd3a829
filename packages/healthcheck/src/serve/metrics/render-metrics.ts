import type { HealthSnapshot } from '../../health-snapshot.ts';
import { answerQuestions } from '../answer-questions.ts';
import { jobMetrics } from './job-metrics.ts';
import { writeFamilies } from './metric-family.ts';
import { requestMetrics } from './request-metrics.ts';
import { stateMetrics } from './state-metrics.ts';

export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8';

/** Renders `/metrics`: every family has its HELP, its TYPE and its unit, and none has a time of its own. */
export function renderMetrics(snapshot: HealthSnapshot): string {
  const { answers } = answerQuestions(snapshot);
  return writeFamilies([...stateMetrics(snapshot, answers), ...requestMetrics(snapshot), ...jobMetrics(snapshot.jobs)]);
}
