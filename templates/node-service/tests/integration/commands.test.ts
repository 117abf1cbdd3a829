import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import {
  endWithTest,
  environment,
  killGroup,
  migrate,
  root,
  startService,
  temporaryFolder,
} from './started-service.ts';

const rowCount = 60_000;
const timeout = 120_000;
const importing = 'npm run --silent import --';
const summarising = 'npm run --silent job -- daily-order-summary';

/** Starts a command in a process group of its own, as a shell does. */
function start(command: string, folder: string, env: NodeJS.ProcessEnv = {}) {
  const child = spawn('sh', ['-c', `exec ${command}`], {
    cwd: root,
    env: environment(folder, env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let hasEnded = false;
  const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]).then(
    ([[code], output, error]) => {
      hasEnded = true;
      const lines = output
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      return { code: code as number | null, lines, error };
    },
  );
  endWithTest(child);
  return { ended, kill: (signal: NodeJS.Signals) => killGroup(child, signal), hasEnded: () => hasEnded };
}

function query(folder: string, sql: string): unknown[] {
  const connection = new DatabaseSync(`${folder}/orders.db`, { timeout: 60_000 });
  try {
    return connection.prepare(sql).all();
  } finally {
    connection.close();
  }
}

const countOf = (folder: string): number =>
  (query(folder, 'SELECT count(*) AS count FROM orders')[0] as { count: number }).count;

/** A folder with a database that is ready. */
function migratedFolder(): string {
  const folder = temporaryFolder();
  migrate(environment(folder));
  return folder;
}

function longFile(folder: string): string {
  const file = path.join(folder, 'orders.csv');
  const rows = Array.from({ length: rowCount }, (_, index) => `A-${String(index).padStart(6, '0')},S,1\n`);
  writeFileSync(file, `orderNumber,sku,quantity\n${rows.join('')}`);
  return file;
}

/** Starts an import, and comes back when some of it is stored. */
async function startAndWait(folder: string, file: string) {
  const started = start(`${importing} ${file}`, folder);
  // oxlint-disable-next-line no-await-in-loop -- one look after the other
  while (!started.hasEnded() && countOf(folder) === 0) await delay(10);
  return started;
}

/** Imports the file again, to its end. */
async function expectToFinish(folder: string, file: string): Promise<void> {
  const { code, lines, error } = await start(`${importing} ${file}`, folder).ended;
  expect({ code, error }).toEqual({ code: 0, error: '' });
  // Had it begun again, the rows from before would be there already.
  expect(lines).toMatchObject([{ message: 'import finished', imported: rowCount, alreadyThere: 0, refused: 0 }]);
  expect(countOf(folder)).toBe(rowCount);
}

describe('an import', () => {
  it('that was killed goes on when its lease is over', { timeout }, async () => {
    const folder = migratedFolder();
    const file = longFile(folder);
    const { kill, ended } = await startAndWait(folder, file);
    kill('SIGKILL');
    await ended;
    expect(countOf(folder)).toBeLessThan(rowCount);
    const { code, lines, error } = await start(`${importing} ${file}`, folder).ended;
    expect({ code, lines }).toEqual({ code: 75, lines: [] });
    expect(error).toContain('   code      IMPORT_RUNNING\n');
    query(folder, 'UPDATE seaworthy_jobs SET lease_until = 1');
    await expectToFinish(folder, file);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('that was stopped by %s goes on at once', { timeout }, async (signal) => {
    const folder = migratedFolder();
    const file = longFile(folder);
    const { kill, ended } = await startAndWait(folder, file);
    kill(signal);
    const { code, lines, error } = await ended;
    expect({ code, lines }).toEqual({ code: 1, lines: [] });
    expect(error).toContain('   code      IMPORT_STOPPED\n');
    expect(countOf(folder) % 500).toBe(0);
    expect(countOf(folder)).toBeLessThan(rowCount);
    await expectToFinish(folder, file);
  });

  it('of a long file needs no more memory than a short one', { timeout }, async () => {
    const folder = migratedFolder();
    const file = path.join(folder, 'long.csv');
    const names = Array.from({ length: 200_000 }, (_, index) => `A-${String(index).padStart(38, '0')}`);
    writeFileSync(file, `orderNumber,sku,quantity\n${names.map((name) => `${name},${name},1\n`).join('')}`);
    // Kept in memory, these rows would not fit; npm would need more than that itself.
    const limited = `node --max-old-space-size=48 src/import-orders.ts ${file}`;
    const { code, lines } = await start(limited, folder).ended;
    expect(code).toBe(0);
    expect(lines).toMatchObject([{ message: 'import finished', imported: 200_000 }]);
  });
});

describe('a scheduled job', () => {
  it('runs once for its slot, and the service is told', { timeout }, async () => {
    const folder = temporaryFolder();
    const service = await startService('npm start --silent', { folder, env: { HEALTH_CHECK_INTERVAL: '1s' } });
    const jobsAnswer = async () => {
      const { answers } = (await (await fetch(`${service.address}/healthz`)).json()) as { answers: { jobs: string } };
      return answers.jobs;
    };
    expect(await jobsAnswer()).toBe('no jobs');
    const first = await start(summarising, folder).ended;
    expect(first).toMatchObject({ code: 0, error: '', lines: [{ message: 'job', outcome: 'succeeded' }] });
    const second = await start(summarising, folder).ended;
    // Between the two a new slot may begin.
    expect(second).toMatchObject({ code: 0, error: '', lines: [{ message: 'job', attempt: 1 }] });
    const succeeded = [first, second].filter(({ lines }) => lines[0]?.['outcome'] === 'succeeded');
    expect(query(folder, 'SELECT day FROM order_summaries')).toHaveLength(succeeded.length);
    await expect.poll(jobsAnswer, { timeout: 20_000 }).toBe('ok');
    expect(await service.stop()).toEqual([0, null]);
  });

  it('that make does not know is answered with those there are', { timeout }, async () => {
    const { code, error } = await start('make --silent job', temporaryFolder()).ended;
    expect(code).not.toBe(0);
    expect(error).toContain('   expected  one of: daily-order-summary\n');
  });

  it('starts in many processes at once', { timeout }, async () => {
    const folder = migratedFolder();
    const ended = await Promise.all(Array.from({ length: 6 }, () => start(summarising, folder).ended));
    expect(ended.filter(({ code }) => code !== 0 && code !== 75)).toEqual([]);
    expect(query(folder, "SELECT state FROM seaworthy_jobs WHERE state <> 'finished'")).toEqual([]);
  });
});
