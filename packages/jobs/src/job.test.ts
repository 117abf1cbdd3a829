import { describe, expect, it, vi } from 'vitest';

import { job, type JobRun } from './index.ts';
import { begin, thrownBy, work } from './testing/work.ts';

describe('a job', () => {
  it('runs once for its key, and gives everybody its result', async () => {
    const { options, lines } = work();
    const run = vi.fn<() => object>(() => ({ imported: 3, skipped: undefined }));
    const first = await job(options, run);
    const second = await job(options, run);
    expect(run).toHaveBeenCalledOnce();
    expect(first).toEqual({ outcome: 'succeeded', result: { imported: 3 }, attempt: 1, rows: 0 });
    expect(second).toEqual({ ...first, outcome: 'skipped' });
    const durationMs = expect.any(Number) as number;
    const line = { job: 'import', key: 'orders.csv', durationMs, attempt: 1, rows: 0, retryable: false };
    expect(lines).toEqual([
      { ...line, outcome: 'succeeded' },
      { ...line, outcome: 'skipped' },
    ]);
  });

  it('that returns nothing has the result null', async () => {
    const { options } = work();
    expect([(await job(options, () => undefined)).result, (await job(options, () => undefined)).result]).toEqual([
      null,
      null,
    ]);
  });

  it('goes on from what its last effect returned', async () => {
    const { options, lines } = work();
    const seen: unknown[] = [];
    const run = async ({ cursor, commit, attempt }: JobRun<undefined, { line: number }>) => {
      seen.push([attempt, cursor]);
      const next = await commit(() => ({ line: (cursor?.line ?? 0) + 1 }), { rows: 5 });
      if (next.line < 3) throw new RangeError('not yet');
      return next.line;
    };
    await expect(job(options, run)).rejects.toThrow('not yet');
    await expect(job(options, run)).rejects.toThrow('not yet');
    expect(await job(options, run)).toEqual({ outcome: 'succeeded', result: 3, attempt: 3, rows: 15 });
    expect(seen).toEqual([
      [1, undefined],
      [2, { line: 1 }],
      [3, { line: 2 }],
    ]);
    expect(
      lines.map(({ outcome, attempt, rows, retryable, code }) => [outcome, attempt, rows, retryable, code]),
    ).toEqual([
      ['failed', 1, 5, true, 'RangeError'],
      ['failed', 2, 10, true, 'RangeError'],
      ['succeeded', 3, 15, false, undefined],
    ]);
  });

  it('tells a cursor that is null from none', async () => {
    const { options } = work();
    const run = async ({ cursor, commit }: JobRun<undefined, null>) => {
      if (cursor === null) return 'again';
      await commit(() => null);
      throw new Error('broken off');
    };
    await expect(job(options, run)).rejects.toThrow('broken off');
    expect((await job(options, run)).result).toBe('again');
  });

  it('that runs elsewhere is refused, with who has it and when to try again', async () => {
    const { options, words, lines } = work();
    const running = begin(options);
    await running.started;
    const error = await thrownBy(job(options, () => 'twice'));
    expect(error).toMatchObject({ code: 'JOB_RUNNING', retryable: true });
    expect(error.holder).toMatch(new RegExp(`^.+/${process.pid}/[0-9a-f]{6}$`));
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(error.leaseUntil).toBeInstanceOf(Date);
    expect(error.message).toContain(error.holder);
    expect(error.message).toContain(error.leaseUntil?.toISOString());
    running.end('once');
    expect((await running.ended).result).toBe('once');
    expect(words()).toEqual(['skipped JOB_RUNNING', 'succeeded']);
    expect(lines[0]?.retryable).toBe(true);
  });

  it('with another input is refused, with both hashes', async () => {
    const { options, words } = work();
    await job(options, () => 3);
    const error = await thrownBy(job({ ...options, input: { lines: 4 } }, () => 4));
    expect(error).toMatchInlineSnapshot(`
      [JobError: the key belongs to another input. The job did not run; what the ledger holds is unchanged.

      1. "import" "orders.csv"  JOB_INPUT_CHANGED
         got       an input with the hash c4769ee8ad22d07d0ffaefecbcf330ae2d004078026837ae5ff2a9eeaa9b2219
         expected  the input that the key was first used with, hash 80a2a873429f945d6b5257b2404e6cd1ded10f833d96f9cd6b77b502f2daddcb
         fix       give new input a key of its own, for example with a hash or a date in it
         retry     no: the same input is refused again
         owner     the code that calls job]
    `);
    expect(words()).toEqual(['succeeded', 'failed JOB_INPUT_CHANGED']);
  });

  it('takes two inputs for the same when only the order of their members differs', async () => {
    const { options } = work({ input: { a: 1, b: 2 } });
    await job(options, () => 3);
    expect((await job({ ...options, input: { b: 2, a: 1 } }, () => 4)).outcome).toBe('skipped');
  });

  it('runs again when its result need not be kept any longer', async () => {
    const { options } = work({ keepMs: 0 });
    await job(options, () => 1);
    expect(await job(options, () => 2)).toMatchObject({ outcome: 'succeeded', result: 2, attempt: 1 });
  });
});
