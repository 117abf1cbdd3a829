import { job } from '@seaworthy/jobs';
import { describe, expect, it } from 'vitest';

import { dailyOrderSummary } from '../../src/daily-order-summary.ts';
import { withBackgroundDatabase } from '../../src/database/background-database.ts';
import { runScheduledJob } from '../../src/run-scheduled-job.ts';
import { scheduledJobNamed } from '../../src/scheduled-jobs.ts';

import { importing } from './importing.ts';

const summaries = 'SELECT day, orders, quantity FROM order_summaries ORDER BY day';

async function prepared() {
  const { settings, log, lines, query } = await importing();
  return { settings, query, lines, run: () => runScheduledJob(dailyOrderSummary, settings, log) };
}

describe('the daily summary', () => {
  it('counts the day before, once', async () => {
    const { settings, query } = await prepared();
    for (const [index, [quantity, moment]] of [
      [1, '2026-11-21T23:59:59.999Z'],
      [2, '2026-11-22T00:00:00.000Z'],
      [4, '2026-11-22T23:59:59.999Z'],
      [8, '2026-11-23T00:00:00.000Z'],
    ].entries())
      query(
        "INSERT INTO orders (order_number, sku, quantity, created_at) VALUES (?, 'S', ?, ?)",
        `A-${index}`,
        Number(quantity),
        String(moment),
      );
    const summarise = (at: string) =>
      withBackgroundDatabase(settings, async (database) => {
        const { key, input, run } = dailyOrderSummary.dueAt(database, new Date(at));
        return (await job({ name: dailyOrderSummary.name, key, input, store: database.ledger }, run)).outcome;
      });
    expect(await summarise('2026-11-23T00:15:00Z')).toBe('succeeded');
    expect(query(summaries)).toEqual([{ day: '2026-11-22', orders: 2, quantity: 6 }]);
    expect(await summarise('2026-11-23T12:00:00Z')).toBe('skipped');
    expect(await summarise('2026-11-24T00:13:59Z')).toBe('skipped');
    expect(await summarise('2026-11-24T00:14:00Z')).toBe('succeeded');
    expect(await summarise('2026-11-30T06:00:00Z')).toBe('succeeded');
    expect(query(summaries)).toEqual([
      { day: '2026-11-22', orders: 2, quantity: 6 },
      { day: '2026-11-23', orders: 1, quantity: 8 },
      { day: '2026-11-29', orders: 0, quantity: 0 },
    ]);
  });
});

describe('running a scheduled job', () => {
  it('writes one line with the fields of the ledger', async () => {
    const { run, lines } = await prepared();
    await run();
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.any(Number) as number,
        message: 'job',
        job: 'daily-order-summary',
        key: expect.stringMatching(/^daily-order-summary:\d{4}-\d\d-\d\d$/) as string,
        outcome: 'succeeded',
        durationMs: expect.any(Number) as number,
        attempt: 1,
        rows: 1,
        retryable: false,
      },
    ]);
  });

  it('leaves one alone that runs elsewhere', async () => {
    const { run, lines, query } = await prepared();
    await run();
    query("UPDATE seaworthy_jobs SET state = 'running', holder = 'host/1/abcdef', lease_until = 32503680000000");
    await expect(run()).rejects.toMatchObject({ code: 'JOB_RUNNING', holder: 'host/1/abcdef' });
    expect(lines[1]).toMatchObject({ level: 'warn', outcome: 'skipped', code: 'JOB_RUNNING', retryable: true });
  });

  it('that fails says so, and it can be run again', async () => {
    const { run, lines, query } = await prepared();
    query('ALTER TABLE orders RENAME TO set_aside');
    query("CREATE VIEW orders AS SELECT missing() AS quantity, '' AS created_at");
    await expect(run()).rejects.toThrow(
      /^JobError: the job broke off\. What it committed before is kept\.\n {3}code {6}JOB_INTERRUPTED\n[^]*\n {3}retry {5}yes: /,
    );
    expect(lines).toMatchObject([{ level: 'error', outcome: 'failed', code: 'ERR_SQLITE_ERROR', retryable: true }]);
    query('DROP VIEW orders');
    query('ALTER TABLE set_aside RENAME TO orders');
    await run();
    expect(lines[1]).toMatchObject({ outcome: 'succeeded', attempt: 2 });
  });
});

describe('the name of a job', () => {
  it('finds it', () => {
    expect(scheduledJobNamed(['daily-order-summary'])).toBe(dailyOrderSummary);
  });

  it.each([
    [[], 'nothing'],
    [[''], 'nothing'],
    [['nightly'], 'nightly'],
    [['toString'], 'toString'],
    [['daily-order-summary', 'now'], 'daily-order-summary now'],
  ])('such as %j is a mistake of usage', (typed, got) => {
    const found = () => scheduledJobNamed(typed);
    expect(found).toThrow(expect.objectContaining({ exitCode: 64 }) as Error);
    expect(found).toThrow(
      [
        'JobError: no scheduled job was named. Nothing was run.',
        '   code      JOB_UNKNOWN',
        `   got       ${got}`,
        '   expected  one of: daily-order-summary',
        '   fix       make job NAME=daily-order-summary',
        '   retry     no: name a job first',
        '   owner     marlin-team',
      ].join('\n'),
    );
  });
});
