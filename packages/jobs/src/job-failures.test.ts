import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, it, vi } from 'vitest';

import { job, JobError, type JobRun } from './index.ts';
import { begin, failing, thrownBy, work } from './testing/work.ts';

describe('what a run throws', () => {
  class Refused extends Error {
    override readonly name = 'Refused';
    readonly retryable = false;
  }

  it.each([
    [new RangeError('a secret'), 'RangeError', true],
    [Object.assign(new Error('a secret'), { code: 'ECONNRESET' }), 'ECONNRESET', true],
    [new Refused('a secret'), 'Refused', false],
    [Object.assign(new Error('a secret'), { code: 'a secret\n' }), 'Error', true],
    [new DOMException('a secret', 'AbortError'), 'AbortError', true],
    ['a secret', 'Error', true],
    [undefined, 'Error', true],
    [null, 'Error', true],
  ])('is thrown on as it is: %s', async (error, code, retryable) => {
    const { options, lines } = work();
    const report = vi.fn<() => void>();
    await expect(job({ ...options, report }, failing(error))).rejects.toBe(error);
    expect(lines).toMatchObject([{ outcome: 'failed', code, retryable, attempt: 1 }]);
    expect(JSON.stringify(lines)).not.toContain('secret');
    expect(report).toHaveBeenCalledWith('import', 'failed');
    expect((await job(options, () => 'at once')).attempt).toBe(2);
  });

  it('is thrown also when the store cannot be told, and the line says that the lease runs on', async () => {
    const { options, lines } = work();
    const error = new RangeError('line 3');
    const store = { ...options.store, fail: () => Promise.reject(new Error('the store is gone')) };
    await expect(job({ ...options, store }, failing(error))).rejects.toBe(error);
    expect(lines).toMatchObject([{ outcome: 'failed', code: 'RangeError', leaseHeld: true }]);
    await expect(job(options, () => 3)).rejects.toMatchObject({ code: 'JOB_RUNNING' });
  });

  it('counts as its own failure when it comes from another job inside', async () => {
    const { options, words } = work();
    const inner = begin({ ...options, key: 'inner.csv' });
    await inner.started;
    await expect(job(options, () => job({ ...options, key: 'inner.csv' }, () => 3))).rejects.toMatchObject({
      code: 'JOB_RUNNING',
    });
    expect(words()).toEqual(['skipped JOB_RUNNING', 'failed JOB_RUNNING']);
    inner.end('');
    await inner.ended;
  });

  it('is a result that is no JSON', async () => {
    const { options, words } = work();
    const error = await thrownBy(job(options, () => ({ at: [new Date(0)] })));
    expect(error).toMatchObject({ code: 'JOB_RESULT_INVALID', retryable: false });
    expect(error.problems[0]).toMatchObject({ name: 'result.at[0]', got: 'an object of the class Date' });
    expect(words()).toEqual(['failed JOB_RESULT_INVALID']);
  });
});

describe('a store that fails', () => {
  const down = new JobError('JOB_STORE_FAILED', []);

  it.each(['claim', 'finish'] as const)('in its %s makes the job fail', async (method) => {
    const { options, words } = work();
    const store = { ...options.store, [method]: () => Promise.reject(down) };
    await expect(job({ ...options, store }, () => 3)).rejects.toBe(down);
    expect(words()).toEqual(['failed JOB_STORE_FAILED']);
    expect((await job(options, () => 4)).result).toBe(4);
  });

  it('in pruning changes nothing', async () => {
    const { options } = work();
    const store = { ...options.store, prune: () => Promise.reject(down) };
    expect((await job({ ...options, store }, () => 3)).outcome).toBe('succeeded');
  });
});

describe('the signal', () => {
  it('is aborted with the caller’s; the job has failed and may go on at once', async () => {
    const { options, words } = work();
    const stop = new AbortController();
    const running = job({ ...options, signal: stop.signal }, async ({ commit, signal }: JobRun<undefined, number>) => {
      await commit(() => 1);
      stop.abort(new Error('SIGTERM'));
      signal.throwIfAborted();
    });
    await expect(running).rejects.toThrow('SIGTERM');
    expect((await job(options, ({ cursor }: JobRun<undefined, number>) => cursor)).result).toBe(1);
    expect(words()).toEqual(['failed Error', 'succeeded']);
  });

  it('ends a job also when its run returns: what it left undone is done by the next', async () => {
    const { options } = work();
    const stop = new AbortController();
    const run = async ({ cursor = 0, commit, signal }: JobRun<undefined, number>) => {
      let line = cursor;
      // oxlint-disable-next-line no-await-in-loop -- one commit after the other
      while (line < 5 && !signal.aborted) line = await commit(() => (line === 2 && stop.abort(), line + 1));
      return line;
    };
    await expect(job({ ...options, signal: stop.signal }, run)).rejects.toMatchObject({ name: 'AbortError' });
    expect(await job(options, run)).toMatchObject({ outcome: 'succeeded', result: 5, attempt: 2 });
  });

  it('that is aborted before claims nothing', async () => {
    const { options } = work();
    const run = vi.fn<() => void>();
    await expect(job({ ...options, signal: AbortSignal.abort() }, run)).rejects.toThrow('aborted');
    expect(run).not.toHaveBeenCalled();
    expect((await job(options, () => 3)).attempt).toBe(1);
  });

  it('is aborted when the lease has run out, and the job does not finish', async () => {
    const { options, words } = work({ leaseMs: 20 });
    const running = job(options, async ({ signal }) => {
      while (!signal.aborted) await delay(5);
      expect(signal.reason).toMatchObject({ code: 'JOB_LEASE_LOST' });
      return 'too late';
    });
    await expect(running).rejects.toMatchObject({ code: 'JOB_LEASE_LOST', retryable: true });
    expect(words()).toEqual(['failed JOB_LEASE_LOST']);
  });

  it('leaves nothing behind on the caller’s', async () => {
    const { options } = work();
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, 'removeEventListener');
    const add = vi.spyOn(signal, 'addEventListener');
    await job({ ...options, signal }, () => 3);
    expect(remove.mock.calls.map((call) => call[1])).toEqual(add.mock.calls.map((call) => call[1]));
    expect(add).toHaveBeenCalledOnce();
  });
});
