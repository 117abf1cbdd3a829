import type { CheckSnapshot, HealthSnapshot } from '../../health-snapshot.ts';
import type { HealthAnswers } from '../health-document.ts';
import { labels, type MetricFamily, type Sample } from './metric-family.ts';

/** What the service says about itself at this moment: the answers, the gates, the objectives, the checks. */
export function stateMetrics(snapshot: HealthSnapshot, answers: HealthAnswers): MetricFamily[] {
  const { serviceId, releaseId, startedAtMs, ready, started, draining, objectives, checks } = snapshot;
  const gauge = (name: string, help: string, samples: readonly Sample[]): MetricFamily => ({
    name,
    type: 'gauge',
    help,
    samples,
  });
  return [
    gauge('target_info', 'The service and the release that answer.', [
      { labels: labels({ service_name: serviceId, service_version: releaseId }), value: 1 },
    ]),
    gauge('process_start_time_seconds', 'Start of the process, in seconds since 1970.', [
      { value: startedAtMs / 1000 },
    ]),
    gauge(
      'health_answer',
      'The four answers: 1 for the one that holds now.',
      Object.entries(answers).map(([question, answer]) => ({
        labels: labels({ question, answer: String(answer) }),
        value: 1,
      })),
    ),
    gauge('health_ready', '1 while traffic is taken.', [{ value: Number(ready) }]),
    gauge('health_started', '1 since every check that gates the start has passed.', [{ value: Number(started) }]),
    gauge('health_draining', '1 since the service began to go away.', [{ value: Number(draining) }]),
    gauge(
      'health_objective_response_time_seconds',
      'The limit of the 95th percentile.',
      limit(objectives.responseTimeMs, 1000),
    ),
    gauge(
      'health_objective_error_ratio',
      'The limit of the share of requests answered with 500 or more.',
      limit(objectives.errorRate),
    ),
    gauge(
      'health_objective_database_calls_per_request',
      'The limit of the mean.',
      limit(objectives.databaseCallsPerRequest),
    ),
    gauge(
      'health_check_status',
      '1 for the status that the check has now, 0 for the others.',
      checks.flatMap(statuses),
    ),
    gauge(
      'health_check_duration_seconds',
      'How long the last run took.',
      checks.flatMap(({ name, durationMs }) => labelled(name, durationMs)),
    ),
    gauge(
      'health_check_last_run_timestamp_seconds',
      'End of the last run, in seconds since 1970.',
      checks.flatMap(({ name, at }) => labelled(name, at)),
    ),
  ];
}

const limit = (value: number | undefined, divisor = 1): Sample[] =>
  value === undefined ? [] : [{ value: value / divisor }];

const statuses = ({ name, gates, status }: CheckSnapshot): Sample[] =>
  ['pass', 'warn', 'fail'].map((each) => ({
    labels: labels({ check: name, gates, status: each }),
    value: Number(each === status),
  }));

/** Nothing for a check that has not run yet: no number stands for "unknown". */
const labelled = (check: string, milliseconds: number | null): Sample[] =>
  milliseconds === null ? [] : [{ labels: labels({ check }), value: milliseconds / 1000 }];
