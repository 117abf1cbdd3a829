import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { loadShipped } from '../testing/shipped-groups.ts';

import { toUndici, type UndiciFailure } from './to-undici.ts';

type Failure = Partial<Pick<UndiciFailure, 'code' | 'statusCode' | 'headers'>>;

const unavailable: Failure = { code: 'UND_ERR_REQ_RETRY', statusCode: 503, headers: {} };

interface Retries {
  readonly random?: () => number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A function that lets an attempt fail and returns the wait before the next one, or "no retry". */
function retries({ random = () => 1, env = {} }: Retries = {}) {
  const { retry, request } = toUndici(loadShipped(env).httpClient, random);
  for (let call = 0; call < 100; call += 1) request();
  return (failure: Failure, counter = 1, method = 'GET'): number | 'no retry' => {
    const done = vi.fn<(error?: Error | null) => void>();
    const startedMs = Date.now();
    retry.retry(Object.assign(new Error('failed'), failure), { state: { counter }, opts: { method } }, done);
    if (done.mock.calls.length > 0) return 'no retry';
    vi.runOnlyPendingTimers();
    expect(done.mock.calls).toEqual([[]]);
    return Date.now() - startedMs;
  };
}

describe('a retry', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') }));
  afterEach(() => void vi.useRealTimers());

  it('waits a random part of a delay that doubles up to its cap', () => {
    const attempts = { HTTP_CLIENT_ATTEMPTS: '10', HTTP_CLIENT_HEADERS_TIMEOUT: '1s' };
    const at = (drawn: number) => {
      const wait = retries({ random: () => drawn, env: attempts });
      return [1, 2, 3, 5, 6].map((counter) => wait(unavailable, counter));
    };
    expect(at(1)).toEqual([100, 200, 400, 1_600, 2_000]);
    expect(at(0.5)).toEqual([50, 100, 200, 800, 1_000]);
    expect(at(0)).toEqual([0, 0, 0, 0, 0]);
  });

  it('waits the whole delay without jitter', () => {
    const wait = retries({ random: () => 0, env: { HTTP_CLIENT_JITTER: 'none' } });
    expect([wait(unavailable, 1), wait(unavailable, 2)]).toEqual([100, 200]);
  });

  it('ends with the attempts', () => {
    const wait = retries();
    expect([1, 2, 3].map((counter) => wait(unavailable, counter))).toEqual([100, 200, 'no retry']);
    expect(retries({ env: { HTTP_CLIENT_ATTEMPTS: '1' } })(unavailable)).toBe('no retry');
  });

  it('is made for what may be sent twice, and for what can pass', () => {
    const wait = retries();
    expect(wait(unavailable, 1, 'POST')).toBe('no retry');
    expect(wait({ ...unavailable, statusCode: 500 })).toBe('no retry');
    expect(wait({ code: 'ECONNREFUSED' })).toBe(100);
    expect(wait({ code: 'UND_ERR_HEADERS_TIMEOUT' })).toBe(100);
    expect(wait({ code: 'UND_ERR_BODY_TIMEOUT' })).toBe('no retry');
    expect(wait({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })).toBe('no retry');
  });

  it('is not made before the server wants it, and not at all when that is too long', () => {
    const after = (value: string) =>
      retries({ random: () => 0 })({ ...unavailable, headers: { 'retry-after': value } });
    expect(after('1')).toBe(1_000);
    expect(after('Thu, 01 Jan 2026 00:00:02 GMT')).toBe(1_000);
    expect(after('Thu, 01 Jan 1970 00:00:00 GMT')).toBe(0);
    expect(after('soon')).toBe(0);
    expect(after('3')).toBe('no retry');
  });

  it('takes from the budget of all calls', () => {
    const wait = retries();
    const first = Array.from({ length: 12 }, () => wait(unavailable));
    expect(first.filter((waited) => waited === 100)).toHaveLength(10);
    expect(first.at(-1)).toBe('no retry');
    expect(wait({ ...unavailable, statusCode: 500 })).toBe('no retry');
  });
});

it('the deadline of a call is its own', async () => {
  const { request } = toUndici({ ...loadShipped().httpClient, deadlineMs: 20 });
  const first = request().signal;
  await delay(100);
  expect(first.reason).toMatchObject({ name: 'TimeoutError' });
  expect(request().signal.aborted).toBe(false);
});
