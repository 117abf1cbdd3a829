import { describe, expect, it } from 'vitest';
import { createHealth } from '../create-health.ts';
import type { History } from '../history/history.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { memoryHistory } from '../testing/memory-history.ts';
import { serve } from '../testing/serve.ts';
import type { MinuteRecord } from './minute-record.ts';

const minuteMs = 60_000;
const startMs = 1_800_000_000_000;
const deployedAtMinute = startMs / minuteMs;

/** Thirteen hours of the release before, of 300 requests a minute that make three calls each. */
function minuteOf(minute: number, releaseId: string, databaseCalls: number): MinuteRecord {
  const idle = { requests: 0, databaseCalls: 0, times: [] };
  const miss = {
    requests: 300,
    databaseCalls,
    times: [[172, 180 + (minute % 7)] as const, [176, 120 - (minute % 7)] as const],
  };
  return { minute, releaseId, requests: 300, errors: 0, strata: { hit: idle, miss, none: idle } };
}

function start(history: History, options = {}) {
  const clock = createHandClock(startMs);
  const problems: unknown[] = [];
  const health = createHealth({
    serviceId: 'orders',
    releaseId: '2',
    now: clock.now,
    schedule: clock.schedule,
    history,
    onHistoryProblem: (problem) => problems.push(problem),
    ...options,
  });
  return { clock, health, problems, answer: () => health.document(false).answers.deploy };
}

describe('the answer about the deployment', () => {
  it('is not measured without a history', () => {
    const health = createHealth({ serviceId: 'orders', releaseId: '2' });
    expect([health.snapshot().deploy, health.document(false).answers.deploy]).toEqual([undefined, 'not measured']);
  });

  it('is collecting at once and until the first reading, and then what the history says', async () => {
    const history = memoryHistory();
    for (let minute = 1; minute <= 13 * 60; minute += 1)
      // oxlint-disable-next-line no-await-in-loop -- in their order
      await history.append(minuteOf(deployedAtMinute - minute, '1', 900));
    const { clock, answer, problems } = start(history);
    expect(answer()).toBe('collecting');
    const answers: string[] = [];
    for (let minute = 0; minute < 70; minute += 1) {
      // oxlint-disable-next-line no-await-in-loop -- minutes follow each other
      await history.append(minuteOf(deployedAtMinute + minute, '2', 1500));
      // oxlint-disable-next-line no-await-in-loop
      await clock.advance(minuteMs);
      answers.push(answer());
    }
    expect([answers[5], answers.at(-1), problems]).toEqual(['collecting', 'more database work', []]);
  });

  it('is collecting until the history has answered, however long ago the deployment was', async () => {
    const deployedAt = startMs - 5 * 60 * minuteMs;
    let answer: (records: readonly MinuteRecord[]) => void = () => {};
    const waiting = new Promise<readonly MinuteRecord[]>((resolve) => void (answer = resolve));
    const history = { append: () => Promise.resolve(), read: () => waiting };
    const { clock, health } = start(history, { deployedAt, previousReleaseId: '1' });
    const said = () => ({ ...health.document(false).answers, ...health.document(true).deploy });
    expect(said()).toMatchObject({
      deploy: 'collecting',
      collecting: { firstReadingMinute: deployedAtMinute },
      numbers: { previousReleaseId: '1', readAfterMinutes: null },
    });
    await clock.advance(2 * minuteMs);
    expect(said()).toMatchObject({ deploy: 'collecting', collecting: { firstReadingMinute: deployedAtMinute + 2 } });
    answer([]);
    await clock.advance(0);
    expect(said()).toMatchObject({ deploy: 'not enough data', numbers: { readAfterMinutes: 60 } });
  });

  it('asks the history at the start, when a reading is due, a little later for what came late, and then no more', async () => {
    const asked: number[] = [];
    const since = new Set<number>();
    const { clock } = start({
      append: () => Promise.resolve(),
      read(sinceMinute) {
        asked.push(Math.floor(clock.now() / minuteMs) - deployedAtMinute);
        since.add(sinceMinute - deployedAtMinute);
        return Promise.resolve([]);
      },
    });
    await clock.advance(300 * minuteMs);
    expect(asked[0]).toBe(0);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeLessThanOrEqual(8);
    expect(Math.max(...asked)).toBeLessThan(70);
    expect([...since]).toEqual([-13 * 60]);
  });

  it('writes what was recorded, minute by minute', async () => {
    const history = memoryHistory();
    const { clock, health } = start(history);
    const { get } = await serve(
      health.wrap((_request, response) => {
        health.cache('miss');
        health.db(2);
        response.end();
      }),
    );
    for (let minute = 0; minute < 3; minute += 1) {
      // oxlint-disable-next-line no-await-in-loop -- minutes follow each other
      await Promise.all(Array.from({ length: minute + 1 }, () => get('/')));
      // oxlint-disable-next-line no-await-in-loop
      await expect.poll(() => health.snapshot().totals.activeRequests).toBe(0);
      // oxlint-disable-next-line no-await-in-loop
      await clock.advance(minuteMs + 6000);
    }
    const kept = await history.read(0);
    expect(
      kept.map(({ minute, releaseId, strata }) => [minute - deployedAtMinute, releaseId, strata.miss]),
    ).toMatchObject([1, 2, 3].map((requests, minute) => [minute, '2', { requests, databaseCalls: 2 * requests }]));
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('postgres://admin:hunter2@10.0.0.7/ refused'))],
    ['throws', () => JSON.parse('{') as never],
    ['answers nonsense', () => Promise.resolve(5 as never)],
  ])('is kept when the history %s: the problem is said, and everything is served', async (_, fails) => {
    const { clock, health, problems } = start({ append: fails, read: fails });
    const { get } = await serve(health.wrap((_request, response) => response.end('ok')));
    await get('/');
    await clock.advance(3 * minuteMs);
    expect(problems.length).toBeGreaterThanOrEqual(2);
    const bodies = await Promise.all(['/', '/readyz', '/healthz'].map(async (path) => (await get(path)).text()));
    expect(bodies[0]).toBe('ok');
    expect(bodies.join('')).not.toContain('hunter2');
    expect(health.document(false).answers.deploy).toBe('collecting');
  });

  it('never waits for a history that hangs, and says that its answer is old', async () => {
    const hangs = () => new Promise<never>(() => {});
    const { clock, health, problems } = start({ append: hangs, read: hangs });
    const { get } = await serve(health.wrap((_request, response) => response.end('ok')));
    await get('/');
    await clock.advance(4 * minuteMs);
    expect((await get('/healthz')).status).toBe(200);
    expect(problems.map(String)).toContainEqual(expect.stringContaining('the history has not answered'));
  });

  it.each(['throws', 'rejects'])('is kept when onHistoryProblem %s', async (how) => {
    const onHistoryProblem = () => {
      if (how === 'throws') throw new Error('log is full');
      return Promise.reject(new Error('log is full'));
    };
    const { clock, answer } = start(
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- a store may
      { append: () => Promise.reject(), read: () => Promise.reject() },
      { onHistoryProblem },
    );
    await clock.advance(3 * minuteMs);
    expect(answer()).toBe('collecting');
  });

  it('asks and writes nothing after close', async () => {
    let asked = 0;
    const ask = () => {
      asked += 1;
      return Promise.resolve([]);
    };
    const { clock, health } = start({ append: async () => void (await ask()), read: ask });
    await clock.advance(0);
    const before = asked;
    health.close();
    await clock.advance(60 * minuteMs);
    expect([asked - before, clock.pending()]).toEqual([0, 0]);
  });

  it('takes the time of the deployment and the release before from the options', async () => {
    const deployedAt = startMs - 120 * minuteMs;
    const { clock, health } = start(memoryHistory(), { deployedAt, previousReleaseId: '1' });
    await clock.advance(0);
    expect(health.snapshot().deploy).toMatchObject({
      verdict: 'not enough data',
      numbers: { previousReleaseId: '1', nextReadingMinute: null },
    });
  });
});
