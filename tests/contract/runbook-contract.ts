import { spawnSync } from 'node:child_process';

import { describePostgres } from '@seaworthy/test-servers';
import { expect, it } from 'vitest';

import { ask, postOrder } from './http-client.ts';
import { ownServers } from './own-servers.ts';
import { productionHost } from './production-host.ts';
import { runbookCommands } from './runbook-commands.ts';

const timeout = 180_000;
const titles = [
  'Four questions',
  'Set up and start',
  'Roll back',
  'Import',
  'Scheduled job',
  'Clear one entry of the cache',
  'Change the log level for an hour',
  'SQLite',
  'PostgreSQL',
];

/** What the runbook of a service tells people to type does what it says. */
export function runbookContract(directory: string): void {
  const section = (title: string) => runbookCommands(directory, title);
  const [settingUp, showing = '', , starting = ''] = section('Set up and start');

  it('has no commands but those that are run here, and those of a rollback', () => {
    expect(titles.flatMap(section)).toEqual(runbookCommands(directory));
    // A test of its own generates a service, sets it up and goes back.
    expect(section('Roll back').slice(1)).toEqual(['make setup', starting]);
    expect(settingUp).toBe('make setup');
  });

  it('answers the four questions', { timeout }, async () => {
    const host = productionHost(directory);
    const git = ['-c', 'user.name=A Developer', '-c', 'user.email=developer@example.com'];
    for (const args of [
      ['init', '--quiet'],
      ['add', 'RUNBOOK.md'],
      ['commit', '--quiet', '--message=Start'],
    ])
      expect(spawnSync('git', [...git, ...args], { cwd: host.folder }).status).toBe(0);
    const service = await host.migrateAndStart();
    const commands = section('Four questions');
    expect(commands.length).toBeGreaterThanOrEqual(8);
    for (const command of commands)
      expect(host.run(command.replaceAll('http://127.0.0.1:8080', service.address))).not.toBe('');
    expect(await service.stop()).toBe(0);
  });

  it('sets up, imports, sums up and clears what a process keeps in memory', { timeout }, async () => {
    const host = productionHost(directory);
    expect(JSON.parse(host.run(showing))).toMatchObject({ environment: 'production' });
    expect(host.migrate()).toContain('"message":"migrations applied"');
    for (const printed of host.importOrders('A-1001', 'A-1002'))
      expect(printed).toContain('"message":"import finished"');
    for (const command of section('Scheduled job')) expect(host.run(command)).toContain('"outcome":"succeeded"');

    const service = await host.start();
    const [clear = '', askPast = ''] = section('Clear one entry of the cache');
    const clearing = host.attempt(clear);
    expect(clearing.status).not.toBe(0);
    expect(clearing.stderr).toContain('CACHE_IN_PROCESS');
    const asked = host.run(askPast.replace('http://127.0.0.1:8080', service.address));
    expect(asked).toMatch(/^cache-status: .*fwd=request/im);
    expect(await service.stop()).toBe(0);
  });

  it('changes the log level for an hour, and puts it back', { timeout }, async () => {
    const host = productionHost(directory);
    const [changed = '', asBefore = ''] = section('Change the log level for an hour');
    expect(asBefore).toBe(starting);
    /** What the command that shows the settings says of the level which a line sets. */
    const level = (line: string) => {
      const assignment = / (LOG_LEVEL=\S+) /.exec(line)?.[1] ?? '';
      const report = JSON.parse(host.run(`${assignment} ${showing}`)) as { settings: Record<string, unknown> };
      return report.settings['LOG_LEVEL'];
    };
    expect(level(changed)).toMatchObject({ value: 'debug', origin: expect.stringContaining('environment') as string });
    expect(level(asBefore)).toMatchObject({ value: 'info', origin: 'default' });

    host.migrate();
    const early = await host.start(changed);
    expect((await postOrder(early.address, 'A-1001')).status).toBe(201);
    await early.stop('SIGINT');
    expect(early.lines.at(-1)).toMatchObject({ message: 'stopped' });

    const whole = await host.start(changed);
    // What the clock sends to timeout when the hour is over.
    process.kill(whole.pid, 'SIGALRM');
    // The exit code with which timeout says that the time was over.
    expect(await whole.ended).toBe(124);
    expect(whole.lines.slice(-2)).toMatchObject([{ message: 'stopping', signal: 'SIGTERM' }, { message: 'stopped' }]);

    const again = await host.start(asBefore);
    expect((await ask(`${again.address}/orders/A-1001`)).status).toBe(200);
    expect(await again.stop()).toBe(0);
    host.run('make verify');
  });

  describePostgres('with Redis', () => {
    it('clears one entry of the shared cache', { timeout }, async () => {
      const { newDatabase } = await ownServers();
      const host = productionHost(directory, (await newDatabase()).env);
      const service = await host.migrateAndStart();
      await postOrder(service.address, 'A-1001');
      // A Redis that stalls is a miss, on a busy machine as well.
      const cached = async () => (await ask(`${service.address}/orders/A-1001`)).headers['cache-status'];
      await expect.poll(cached, { timeout: 20_000 }).toContain('hit');
      const [clear = ''] = section('Clear one entry of the cache');
      const cleared = host.run(clear);
      expect(cleared).toContain('"message":"cache cleared"');
      expect(cleared).toContain('"found":true');
      expect(await service.stop()).toBe(0);
    });
  });
}
