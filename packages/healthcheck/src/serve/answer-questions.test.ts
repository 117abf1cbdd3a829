import { describe, expect, it } from 'vitest';
import { readGoldenState, snapshotOf } from '../testing/golden-state.ts';
import { answerQuestions } from './answer-questions.ts';
import { isFailing } from './failing-job.ts';

const well = snapshotOf(readGoldenState('well').given);
const warn = snapshotOf(readGoldenState('warn').given);

describe('is it up?', () => {
  it.each([
    [{ ready: true, started: true, draining: false }, 'yes'],
    [{ ready: false, started: true, draining: false }, 'no'],
    [{ ready: false, started: false, draining: false }, 'starting'],
    [{ ready: false, started: true, draining: true }, 'draining'],
    [{ ready: false, started: false, draining: true }, 'draining'],
  ])('%j: %s', (state, up) => {
    expect(answerQuestions({ ...well, ...state }).answers.up).toBe(up);
  });

  it('counts the time since the start, and never below 0 when the clock was put back', () => {
    const uptime = (startedAtMs: number) => answerQuestions({ ...well, startedAtMs }).numbers.up.uptimeSeconds;
    expect([uptime(well.wallMs - 61_400), uptime(well.wallMs + 5000)]).toEqual([61, 0]);
  });
});

describe('are jobs failing?', () => {
  const job = { name: 'a', succeeded: 0, failed: 0, skipped: 0, lastSucceededAt: null, lastFailedAt: null };

  it.each([
    ['succeeded', 2, 1, false],
    ['failed', 1, 2, true],
    ['failed', 2, 2, true],
    ['skipped', 1, 2, true],
    ['skipped', 2, 1, false],
    ['skipped', null, 1, true],
    ['skipped', 1, null, false],
    ['skipped', null, null, false],
  ] as const)('last %s, success at %j, failure at %j: %j', (lastOutcome, lastSucceededAt, lastFailedAt, failing) => {
    const one = { ...job, lastOutcome, lastSucceededAt, lastFailedAt };
    expect(isFailing(one)).toBe(failing);
    const { answers, numbers } = answerQuestions({ ...well, jobs: [one] });
    expect([answers.jobs, numbers.jobs]).toEqual([failing ? 'failing' : 'ok', { total: 1, failing: Number(failing) }]);
  });
});

describe('did the last deployment change anything?', () => {
  const { deploy } = warn;
  if (deploy === undefined) throw new Error('the golden document has a verdict');
  const answer = (change: Partial<typeof deploy>) =>
    answerQuestions({ ...warn, deploy: { ...deploy, ...change } }).answers.deploy;

  it('is not measured without a verdict', () => {
    const { answers, numbers } = answerQuestions({ ...warn, deploy: undefined });
    expect([answers.deploy, numbers.deploy]).toEqual(['not measured', null]);
  });

  it('says when the word is preliminary, and when there is none yet', () => {
    expect(answer({})).toBe('slower');
    expect(answer({ preliminary: true })).toBe('preliminary: slower');
    expect(answer({ preliminary: true, verdict: 'not enough data' })).toBe('not enough data');
    expect(answer({ preliminary: true, collecting: { firstReadingMinute: 29_900_011 } })).toBe('collecting');
  });

  it('has what changed behind it, and the smallest slow-down that would have shown', () => {
    expect(answerQuestions(warn).numbers.deploy).toEqual({
      previousReleaseId: 'v1.4.1',
      readAfterMinutes: 30,
      requestsBefore: 17_366,
      requestsAfter: 9140,
      changed: [
        { stratum: 'miss', kind: 'p50', before: 31, after: 319 },
        { stratum: 'miss', kind: 'p95', before: 72, after: 901 },
        { stratum: 'miss', kind: 'databaseCalls', before: 2, after: 5 },
      ],
      smallestSlowDown: { hit: 0.28, miss: 0.4, none: 0.55 },
    });
  });
});
