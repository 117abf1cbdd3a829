import { describe, expect, it } from 'vitest';

import { job } from './index.ts';
import { failing, thrownBy, work } from './testing/work.ts';

describe('a log or a report', () => {
  it.each([
    ['throws', failing(new Error('no'))],
    ['rejects', () => Promise.reject(new Error('no'))],
  ])('that %s changes nothing', async (_what, broken) => {
    const { options } = work({ log: broken, report: broken });
    expect((await job(options, () => 3)).outcome).toBe('succeeded');
    await expect(job({ ...options, key: 'other' }, failing(new RangeError('mine')))).rejects.toThrow('mine');
  });

  it('is called without a this, as health.jobFinished may be passed', async () => {
    const told: unknown[] = [];
    const report = function (this: unknown, ...words: unknown[]): void {
      told.push([this, ...words]);
    };
    await job({ ...work().options, report }, () => 3);
    expect(told).toEqual([[undefined, 'import', 'succeeded']]);
  });
});

describe('options', () => {
  it.each([
    [undefined, ['options']],
    [{}, ['name', 'key', 'input', 'store']],
    [{ name: '' }, ['name']],
    [{ name: 'a\nb' }, ['name']],
    [{ name: '\uD800' }, ['name']],
    [{ name: 'ä'.repeat(101) }, ['name']],
    [{ name: 5 }, ['name']],
    [{ key: '' }, ['key']],
    [{ key: 'a\0' }, ['key']],
    [{ key: 'k'.repeat(1001) }, ['key']],
    [{ input: undefined }, ['input']],
    [{ input: { list: [1, { at: new Date(0) }] } }, ['input.list[1].at']],
    [{ store: {} }, ['store']],
    [{ leaseMs: 0 }, ['leaseMs']],
    [{ leaseMs: 86_400_001 }, ['leaseMs']],
    [{ leaseMs: 1.5 }, ['leaseMs']],
    [{ leaseMs: '60' }, ['leaseMs']],
    [{ keepMs: -1 }, ['keepMs']],
    [{ keepMs: Number.POSITIVE_INFINITY }, ['keepMs']],
    [{ report: 'log' }, ['report']],
    [{ log: {} }, ['log']],
    [{ signal: {} }, ['signal']],
  ])('%j are refused for their %j', async (changes, names) => {
    const isWhole = changes === undefined || Object.keys(changes).length === 0;
    const options = isWhole ? changes : { ...work().options, ...changes };
    const error = await thrownBy(job(options as never, () => 3));
    expect(error).toMatchObject({ name: 'JobError', code: 'JOB_OPTIONS_INVALID', retryable: false });
    expect(error.problems.map(({ name }) => name)).toEqual(names);
  });

  it('a run that is no function is refused', async () => {
    const error = await thrownBy(job(work().options, 'run' as never));
    expect(error.problems.map(({ name }) => name)).toEqual(['run']);
  });

  it('that are wrong are all named at once, and nothing is logged', async () => {
    const { options, lines } = work();
    const error = await thrownBy(job({ ...options, leaseMs: 0.5, keepMs: '30 days' as never }, () => 3));
    expect(error).toMatchInlineSnapshot(`
      [JobError: 2 problems: the options are wrong. Nothing was started.

      1. leaseMs  JOB_OPTIONS_INVALID
         got       0.5 (number)
         expected  whole milliseconds from 1 to 86400000
         fix       pass such a value as leaseMs
         retry     no: the same value fails again
         owner     the code that calls job

      2. keepMs  JOB_OPTIONS_INVALID
         got       "30 days" (string)
         expected  whole milliseconds from 0 to 3153600000000
         fix       pass such a value as keepMs
         retry     no: the same value fails again
         owner     the code that calls job]
    `);
    expect(lines).toEqual([]);
  });
});
