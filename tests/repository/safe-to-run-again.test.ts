// The blocks of the guide that are no plain program: its commands are run or resolved, and its queues get a real server.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import {
  describePostgres,
  describeRedis,
  describeWhere,
  folderOf,
  startPostgres,
  startRedis,
} from '@seaworthy/test-servers';
import { describe, expect, it, onTestFinished } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');
const guide = readFileSync(path.join(repository, 'docs/work-that-is-safe-to-run-again.md'), 'utf8');

const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block);
const programs = blocks('ts');
const [crontab = ''] = blocks('crontab');
const [service = '', timer = ''] = blocks('ini');
const [cronJob = ''] = blocks('yaml');

/** Inside the repository, so that the programs find the packages by their names. */
function newFolder(): string {
  const examples = path.join(repository, 'tests/.examples');
  mkdirSync(examples, { recursive: true });
  const folder = mkdtempSync(path.join(examples, 'guide-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function runProgram(code: string, env: NodeJS.ProcessEnv) {
  const file = path.join(newFolder(), 'program.ts');
  writeFileSync(file, code);
  return spawnSync('node', [file], { env: { ...process.env, ...env }, encoding: 'utf8' });
}

const inFolder = (command: string, folder: string) =>
  command.replace('/srv/orders', folder).replace('/var/lib/orders', folder);

const [zoneLine = '', entry = ''] = crontab.trim().split('\n');
const [, minute, hour, command = ''] = /^(\d+) (\d+) \* \* \* (.+)$/.exec(entry) ?? [];
const zone = /^CRON_TZ=(.+)$/.exec(zoneLine)?.[1];

describe('what a clock starts', () => {
  it('is the program of the guide: it reports once, however often it is started', { timeout: 60_000 }, () => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'nightly-report.ts'), programs[0] ?? '');
    const runs = [1, 2].map(() => spawnSync('sh', ['-c', inFolder(command, folder)], { encoding: 'utf8' }));
    const outcomes = runs.map(({ status, stdout, stderr }) => [status, /"outcome":"(\w+)"/.exec(stdout)?.[1], stderr]);
    expect(outcomes).toEqual([
      [0, 'succeeded', ''],
      [0, 'skipped', ''],
    ]);
    const database = new DatabaseSync(path.join(folder, 'orders.db'));
    const reports = database.prepare('SELECT key FROM reports').all();
    expect(reports.map(({ key }) => String(key))).toEqual([expect.stringMatching(/^nightly-report:\d{4}-\d\d-\d\d$/)]);
    database.exec("UPDATE seaworthy_jobs SET state = 'running', lease_until = 4e12");
    expect(spawnSync('sh', ['-c', inFolder(command, folder)]).status).toBe(75);
    database.exec("UPDATE seaworthy_jobs SET input_hash = ''");
    expect(spawnSync('sh', ['-c', inFolder(command, folder)]).status).toBe(1);
    database.close();
  });

  it('starts when the program says, by all three schedulers', () => {
    expect(programs[0]).toContain(`startsAt: '0${hour}:${minute}', timeZone: '${zone}'`);
    expect(timer).toContain(`OnCalendar=*-*-* 0${hour}:${minute} ${zone}\n`);
    expect(cronJob).toContain(`schedule: "${minute} ${hour} * * *"\n  timeZone: ${zone}\n`);
  });

  it('is the same command for all three schedulers', () => {
    const [, started] = /^ExecStart=\/usr\/bin\/env (.+)$/m.exec(service) ?? [];
    expect(started).toBe(command);
    const [, list = ''] = /^ +command: (\[.+\])$/m.exec(cronJob) ?? [];
    expect((JSON.parse(list) as string[]).join(' ')).toBe(command);
    expect(service.startsWith('# nightly-report.service\n')).toBe(true);
    expect(timer.startsWith('# nightly-report.timer\n')).toBe(true);
  });

  it('tries again after the exit codes that the program gives for it, and only those', () => {
    expect(programs[0]).toContain('error.retryable ? 75 : 1');
    expect(service).toContain('Restart=on-failure\n');
    expect(service).toContain('RestartPreventExitStatus=1\n');
  });
});

const systemd = folderOf(['systemd-analyze']);

describeWhere(systemd !== undefined, 'the program systemd-analyze')('the systemd units', () => {
  it('are understood', () => {
    const folder = newFolder();
    const units = { 'nightly-report.service': service, 'nightly-report.timer': timer };
    for (const [name, unit] of Object.entries(units)) writeFileSync(path.join(folder, name), unit);
    const files = Object.keys(units).map((name) => path.join(folder, name));
    const { status, stderr } = spawnSync(path.join(systemd ?? '', 'systemd-analyze'), ['verify', ...files], {
      encoding: 'utf8',
    });
    expect([status, stderr.split('\n').filter((line) => line.includes(folder))]).toEqual([0, []]);
  });
});

describe('the statements of the guide', () => {
  it('find what has failed, and what looks as if it ran', () => {
    const database = new DatabaseSync(':memory:');
    database.exec(`CREATE TABLE seaworthy_jobs (name, key, attempt, error, cursor, row_count, state, holder, lease_until);
      INSERT INTO seaworthy_jobs VALUES ('a', 'failed', 2, 'RangeError', '{}', 5, 'failed', 'x', 0),
        ('a', 'dead', 1, NULL, NULL, 0, 'running', 'x', 0), ('a', 'alive', 1, NULL, NULL, 0, 'running', 'x', 4e12)`);
    const found = blocks('sql').map((sql) =>
      database
        .prepare(sql)
        .all()
        .map(({ key }) => key),
    );
    expect(found).toEqual([['failed'], ['dead']]);
  });
});

describePostgres('with a PostgreSQL', { timeout: 180_000 }, () => {
  it('the program with pg-boss ships an order once', async () => {
    const server = await startPostgres();
    onTestFinished(() => server.stop());
    const { user, host, port, database } = server.connection;
    const { status, stderr } = runProgram(programs[2] ?? '', {
      DATABASE_URL: `postgres://${user}@${host}:${port}/${database}`,
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});

describeRedis('with a Redis', { timeout: 180_000 }, () => {
  it('the program with BullMQ ships an order once', async () => {
    const server = await startRedis({ 'maxmemory-policy': 'noeviction' });
    onTestFinished(() => server.stop());
    const { host, port } = server.connection;
    const { status, stderr } = runProgram(programs[3] ?? '', { REDIS_URL: `redis://${host}:${port}` });
    expect([status, stderr]).toEqual([0, '']);
  });
});
