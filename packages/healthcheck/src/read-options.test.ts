import { describe, expect, it } from 'vitest';
import { createHealth } from './create-health.ts';
import { HealthError } from './errors/health-error.ts';
import type { HealthOptions } from './health-options.ts';

const run = () => true;
const valid = { serviceId: 'orders', releaseId: '1.0.0' };

function refusal(options: unknown): HealthError {
  try {
    createHealth(options as HealthOptions).close();
  } catch (error) {
    if (error instanceof HealthError) return error;
    throw error;
  }
  throw new Error('the options were accepted');
}

const accused = (options: unknown): string[] => refusal(options).problems.map(({ name }) => name);

describe('the options', () => {
  it('accepts the smallest and the largest options', () => {
    const checks = {
      a: { run },
      b: { run, everyMs: 1, timeoutMs: 86_400_000, failAfter: 1, gates: 'ready', componentType: 'x' },
    } as const;
    const objectives = { responseTimeMs: 0, errorRate: 1, databaseCallsPerRequest: 0 };
    const recording = { maxRoutes: 0, prefix: '/a/b-c', deployedAt: Date.now(), previousReleaseId: '0.9.0' };
    const history = { append: () => Promise.resolve(), read: () => Promise.resolve([]) };
    const callbacks = { onCheckFailed: run, onHistoryProblem: run, now: Date.now };
    const all = { ...valid, token: '0123456789abcdef', objectives, checks, ...recording, history, ...callbacks };
    expect(() => {
      createHealth(valid).close();
      createHealth(all).close();
    }).not.toThrow();
  });

  it('lists every problem in one error, with the value and its type', () => {
    const check = { run, everyMs: -5, timeoutMs: Number.NaN, failAfter: 0, gates: 'live' };
    expect(refusal({ serviceId: '', releaseId: 7, checks: { database: check } }).message).toMatchInlineSnapshot(`
      "6 problems: the options of createHealth are wrong. No check was started.

      1. serviceId  HEALTH_OPTIONS_INVALID
         got       "" (string)
         expected  text that is not empty
         fix       pass the name of the service
         retry     no: the same value fails again
         owner     the code that calls createHealth

      2. releaseId  HEALTH_OPTIONS_INVALID
         got       7 (number)
         expected  text that is not empty
         fix       pass the version or commit that runs
         retry     no: the same value fails again
         owner     the code that calls createHealth

      3. checks.database.everyMs  HEALTH_OPTIONS_INVALID
         got       -5 (number)
         expected  a number of milliseconds from 1 to 86400000
         fix       leave it out for 5000
         retry     no: the same value fails again
         owner     the code that calls createHealth

      4. checks.database.timeoutMs  HEALTH_OPTIONS_INVALID
         got       NaN (number)
         expected  a number of milliseconds from 1 to 86400000
         fix       leave it out for 1000
         retry     no: the same value fails again
         owner     the code that calls createHealth

      5. checks.database.failAfter  HEALTH_OPTIONS_INVALID
         got       0 (number)
         expected  a whole number, 1 or more
         fix       leave it out for 2
         retry     no: the same value fails again
         owner     the code that calls createHealth

      6. checks.database.gates  HEALTH_OPTIONS_INVALID
         got       "live" (string)
         expected  'report', 'ready' or 'startup'
         fix       leave it out for 'report'
         retry     no: the same value fails again
         owner     the code that calls createHealth"
    `);
  });

  it('has a stable code that says a retry does not help', () => {
    const error = refusal({ ...valid, serviceId: ' ' });
    expect([error.name, error.code, error.retryable]).toEqual(['HealthError', 'HEALTH_OPTIONS_INVALID', false]);
    expect(error.message).toMatch(/^the options of createHealth are wrong\. No check was started\.\n\n1\. serviceId /);
  });

  it('never shows a token', () => {
    const { message, problems } = refusal({ ...valid, token: 'hunter2' });
    expect(message + JSON.stringify(problems)).not.toContain('hunter2');
    expect(problems[0]?.got).toBe('a string of 7 characters (never shown)');
  });

  it.each([{ token: '0123456789abcde' }, { token: ' 0123456789abcdef' }, { token: 5 }, { token: null }])(
    'refuses %j',
    (wrong) => {
      expect(accused({ ...valid, ...wrong })).toEqual(['token']);
    },
  );

  it.each([
    ['objectives', { objectives: null }],
    ['objectives.responseTimeMs', { objectives: { responseTimeMs: -1 } }],
    ['objectives.responseTimeMs', { objectives: { responseTimeMs: Number.NaN } }],
    ['objectives.errorRate', { objectives: { errorRate: 1.1 } }],
    ['objectives.errorRate', { objectives: { errorRate: '0.1' } }],
    ['objectives.databaseCallsPerRequest', { objectives: { databaseCallsPerRequest: Number.POSITIVE_INFINITY } }],
    ['onCheckFailed', { onCheckFailed: 'log' }],
    ['now', { now: 5 }],
    ['schedule', { schedule: {} }],
    ['onHistoryProblem', { onHistoryProblem: 'log' }],
    ['maxRoutes', { maxRoutes: -1 }],
    ['maxRoutes', { maxRoutes: 1.5 }],
    ['maxRoutes', { maxRoutes: '50' }],
    ['maxRoutes', { maxRoutes: 1001 }],
    ['prefix', { prefix: 'internal' }],
    ['prefix', { prefix: '/internal/' }],
    ['prefix', { prefix: '/' }],
    ['prefix', { prefix: '/a b' }],
    ['prefix', { prefix: '/a?b' }],
    ['prefix', { prefix: null }],
    ['history', { history: 'history.jsonl' }],
    ['history', { history: null }],
    ['history', { history: { append: run } }],
    // Seconds instead of milliseconds, or a text that nobody parsed.
    ['deployedAt', { deployedAt: 1_800_000_000 }],
    ['deployedAt', { deployedAt: '2026-11-26T00:00:00Z' }],
    ['deployedAt', { deployedAt: Number.NaN }],
    ['previousReleaseId', { previousReleaseId: '' }],
    ['previousReleaseId', { previousReleaseId: 5 }],
    ['checks', { checks: 'database' }],
    ['checks.', { checks: { '': { run } } }],
    ['checks.http', { checks: { http: { run } } }],
    ['checks.a:b', { checks: { 'a:b': { run } } }],
    ['checks.a.run', { checks: { a: {} } }],
    ['checks.a.run', { checks: { a: null } }],
    ['checks.a.everyMs', { checks: { a: { run, everyMs: 0 } } }],
    // setTimeout would take such a delay for 1 ms.
    ['checks.a.everyMs', { checks: { a: { run, everyMs: 2 ** 31 } } }],
    ['checks.a.timeoutMs', { checks: { a: { run, timeoutMs: '1s' } } }],
    ['checks.a.failAfter', { checks: { a: { run, failAfter: 1.5 } } }],
    ['checks.a.componentType', { checks: { a: { run, componentType: '' } } }],
  ])('accuses %s', (option, wrong) => {
    expect(accused({ ...valid, ...wrong })).toEqual([option]);
  });

  it.each([undefined, null, 'orders', 5])('refuses %j in the place of options', (options) => {
    expect(accused(options)).toEqual(['options']);
  });

  it('starts no check when an option is wrong', () => {
    const delays: number[] = [];
    const schedule = (_task: () => void, delayMs: number) => () => delays.push(delayMs);
    expect(accused({ ...valid, schedule, checks: { good: { run }, bad: {} } })).toEqual(['checks.bad.run']);
    expect(delays).toEqual([]);
  });
});
