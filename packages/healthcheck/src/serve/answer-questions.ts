import type { HealthSnapshot } from '../health-snapshot.ts';
import type { DeployVerdict } from '../verdict/deploy-verdict.ts';
import { isFailing } from './failing-job.ts';
import type { HealthAnswers, HealthNumbers } from './health-document.ts';
import { measureTraffic } from './traffic-measurements.ts';

export interface Answered {
  readonly answers: HealthAnswers;
  readonly numbers: HealthNumbers;
}

/** Answers the four questions, each with the number behind it. */
export function answerQuestions(snapshot: HealthSnapshot): Answered {
  const { checks, jobs, deploy, objectives, window } = snapshot;
  const traffic = measureTraffic(window.total, objectives, snapshot.wallMs);
  const failing = jobs.filter(isFailing).length;
  return {
    answers: {
      up: answerUp(snapshot),
      slow: traffic.slow,
      jobs: jobs.length === 0 ? 'no jobs' : failing > 0 ? 'failing' : 'ok',
      deploy: answerDeploy(deploy),
    },
    numbers: {
      up: {
        uptimeSeconds: Math.max(0, Math.round((snapshot.wallMs - snapshot.startedAtMs) / 1000)),
        checks: checks.length,
        checksPassing: checks.filter(({ status }) => status === 'pass').length,
      },
      slow: {
        p95Ms: traffic.p95Ms,
        objectiveMs: objectives.responseTimeMs ?? null,
        requests: traffic.timed,
        minutes: window.minutes,
      },
      jobs: { total: jobs.length, failing },
      deploy: deploy === undefined ? null : numbersOf(deploy),
    },
  };
}

function answerUp({ draining, ready, started }: HealthSnapshot): HealthAnswers['up'] {
  if (draining) return 'draining';
  if (ready) return 'yes';
  return started ? 'no' : 'starting';
}

function answerDeploy(deploy: DeployVerdict | undefined): HealthAnswers['deploy'] {
  if (deploy === undefined) return 'not measured';
  if (deploy.collecting !== undefined) return 'collecting';
  // "Not enough data" is as preliminary as it gets.
  return deploy.preliminary && deploy.verdict !== 'not enough data' ? `preliminary: ${deploy.verdict}` : deploy.verdict;
}

function numbersOf({ numbers, smallestChange }: DeployVerdict): HealthNumbers['deploy'] {
  const { previousReleaseId, readAfterMinutes, before, after, tests } = numbers;
  return {
    previousReleaseId,
    readAfterMinutes,
    requestsBefore: before.requests,
    requestsAfter: after.requests,
    changed: tests
      .filter(({ changed }) => changed)
      .map(({ stratum, kind, before: was, after: is }) => ({ stratum, kind, before: was, after: is })),
    smallestSlowDown: smallestChange.slowDown,
  };
}
