import { rmSync } from 'node:fs';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';

import { commandLine, holdElsewhere, query } from './background-commands.ts';
import { ask } from './http-client.ts';
import { migrate, readFacts, runCommand, startCommand, startService, temporaryFolder } from './running-service.ts';

const dayMs = 86_400_000;
const name = 'daily-order-summary';
const failing = "CREATE TRIGGER t BEFORE INSERT ON order_summaries BEGIN SELECT RAISE(FAIL, 'no more today'); END";
const answersSchema = z.object({ answers: z.object({ jobs: z.string() }) });

/** Scheduled jobs: run by hand or by a clock, once for each slot. */
export function jobContract(directory: string): void {
  const { owner, jobs } = readFacts(directory);
  let folder: string;
  let databaseFile: string;
  beforeEach(() => {
    folder = temporaryFolder();
    databaseFile = path.join(folder, 'orders.db');
    migrate(directory, environment());
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const environment = () => ({ DATABASE_URL: `sqlite:${databaseFile}`, DEPLOY_ENVIRONMENT: 'test' });
  const run = (named = name, env: NodeJS.ProcessEnv = {}) =>
    startCommand(directory, `${commandLine(directory, 'job')} ${named}`, { ...environment(), ...env }).ended;

  it('does what is due once, and writes one line for each outcome', async () => {
    const first = await run(name, { LOG_LEVEL: 'error' });
    const second = await run();
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.lines).toEqual([
      {
        time: expect.any(String) as string,
        level: 'info',
        message: 'job',
        job: name,
        key: expect.stringMatching(new RegExp(`^${name}:\\d{4}-\\d\\d-\\d\\d$`)) as string,
        outcome: 'succeeded',
        durationMs: expect.any(Number) as number,
        attempt: 1,
        rows: 1,
        retryable: false,
      },
    ]);
    // Between the two a new slot may begin.
    const isSameSlot = first.lines[0]?.['key'] === second.lines[0]?.['key'];
    const outcome = isSameSlot ? 'skipped' : 'succeeded';
    expect(second).toMatchObject({ status: 0, stderr: '', lines: [{ level: 'info', outcome, attempt: 1, rows: 1 }] });
    expect(query(databaseFile, 'SELECT orders FROM order_summaries')).toHaveLength(isSameSlot ? 1 : 2);
  });

  it('sums up the day before its slot', async () => {
    await run();
    for (const table of ['seaworthy_jobs', 'order_summaries']) query(databaseFile, `DELETE FROM ${table}`);
    // One order on each day that it may be.
    for (const ago of [0, 1, 2, 3]) {
      const moment = new Date(Date.now() - ago * dayMs).toISOString().replace(/T.*/, 'T23:59:59.999Z');
      const order = `'A-${ago}', 'S', 3, '${moment}'`;
      query(databaseFile, `INSERT INTO orders (order_number, sku, quantity, created_at) VALUES (${order})`);
    }
    const { lines } = await run();
    const slot = Date.parse(String(lines[0]?.['key']).slice(-'2026-11-23'.length));
    const day = new Date(slot - dayMs).toISOString().replace(/T.*/, '');
    const summaries = query(databaseFile, 'SELECT day, orders, quantity FROM order_summaries');
    expect(summaries).toEqual([{ day, orders: 1, quantity: 3 }]);
  });

  it('does what service.json says, by its commands', () => {
    expect(jobs.map((job) => job.name)).toEqual([name]);
    for (const { command } of jobs) {
      const { status, stdout, stderr } = runCommand(directory, command, environment());
      expect(status, stderr).toBe(0);
      expect(stdout).toContain('"message":"job"');
    }
  });

  it.each([
    ['no name', '', 'nothing'],
    ['an empty name', '""', 'nothing'],
    ['a name that there is not', 'nightly', 'nightly'],
    ['a name too many', `${name} now`, `${name} now`],
  ])('refuses %s, and says which there are', async (_what, named, got) => {
    expect(await run(named)).toEqual({
      status: 64,
      lines: [],
      stderr: `JobError: no scheduled job was named. Nothing was run.
   code      JOB_UNKNOWN
   got       ${got}
   expected  one of: ${name}
   fix       make job NAME=${name}
   retry     no: name a job first
   owner     ${owner}
`,
    });
  });

  it('asks which environment is meant', async () => {
    const { status, stderr } = await run(name, { DEPLOY_ENVIRONMENT: undefined });
    expect(status).toBe(78);
    expect(stderr).toContain('1. DEPLOY_ENVIRONMENT');
  });

  // Between the two runs a new slot may begin.
  it('leaves a job alone that runs elsewhere', { retry: 1 }, async () => {
    const { lines: before } = await run();
    holdElsewhere(databaseFile);
    const { status, lines, stderr } = await run();
    const key = String(before[0]?.['key']);
    expect(lines).toMatchObject([
      { level: 'warn', message: 'job', job: name, key, outcome: 'skipped', code: 'JOB_RUNNING', retryable: true },
    ]);
    expect(stderr).toMatch(
      new RegExp(`^JobError: the job is running elsewhere\\. This call did nothing\\.

1\\. "${name}" "${key}"  JOB_RUNNING
   got       held by host/1/abcdef until 3000-01-01T00:00:00\\.000Z, by the clock of the database
   expected  nobody else at work on it
   fix       nothing, when the other worker is at it; one that died holds it until then
   retry     yes: in \\d+ ms, if it has not finished by then
   owner     the worker that holds it
$`),
    );
    expect(status).toBe(75);
  });

  it('says when a job fails, and runs it again', async () => {
    await run();
    query(databaseFile, 'DELETE FROM seaworthy_jobs');
    query(databaseFile, failing);
    const { status, lines, stderr } = await run();
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `JobError: the job broke off. What it committed before is kept.
   code      JOB_INTERRUPTED
   got       no more today
   expected  a database that can be read and written to the end
   fix       free the disk or stop what holds the database, then run the job again
   retry     yes: it goes on from its last commit
   owner     ${owner}
`,
    });
    // The code is that of the driver.
    expect(lines).toMatchObject([
      { level: 'error', message: 'job', outcome: 'failed', code: expect.stringContaining('SQLITE') as string, rows: 0 },
    ]);
    expect(lines[0]).toMatchObject({ retryable: true, attempt: 1 });
    query(databaseFile, 'DROP TRIGGER t');
    const again = await run();
    const attempt = again.lines[0]?.['key'] === lines[0]?.['key'] ? 2 : 1;
    expect(again).toMatchObject({ status: 0, stderr: '', lines: [{ outcome: 'succeeded', attempt, rows: 1 }] });
  });

  describe('and the health of the service', () => {
    it('knows how the last run of each ended', { timeout: 60_000 }, async () => {
      const env = { ...environment(), HEALTH_CHECK_INTERVAL: '1s' };
      const service = await startService(directory, env);
      const jobsAnswer = async () => answersSchema.parse((await ask(`${service.address}/healthz`)).json).answers.jobs;
      expect(await jobsAnswer()).toBe('no jobs');
      await run();
      await expect.poll(jobsAnswer, { timeout: 20_000 }).toBe('ok');
      query(databaseFile, 'DELETE FROM seaworthy_jobs');
      query(databaseFile, failing);
      await run();
      await expect.poll(jobsAnswer, { timeout: 20_000 }).toBe('failing');
      expect(await service.stop()).toBe(0);
    });
  });
}
