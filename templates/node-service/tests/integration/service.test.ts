import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { expect, it, onTestFinished } from 'vitest';

import { environment, migrate, root, startService, temporaryFolder } from './started-service.ts';

it('starts, keeps an order, answers from its cache and stops on SIGTERM', { timeout: 30_000 }, async () => {
  const { commands } = JSON.parse(readFileSync(path.join(root, 'service.json'), 'utf8')) as {
    commands: { start: string };
  };
  const { address, stop } = await startService(commands.start, { folder: temporaryFolder() });
  const body = JSON.stringify({ orderNumber: 'A-1001', sku: 'SKU-1', quantity: 2 });
  const post = () =>
    fetch(`${address}/orders`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  expect([(await post()).status, (await post()).status]).toEqual([201, 200]);
  const read = () => fetch(`${address}/orders/A-1001`);
  expect([await read(), await read()].map(({ headers }) => headers.get('server-timing'))).toEqual([
    'db;desc=1',
    'db;desc=0',
  ]);
  expect((await fetch(`${address}/readyz`)).status).toBe(200);
  expect(await stop()).toEqual([0, null]);
});

it('changes its log level and puts it back by the commands of its runbook', { timeout: 60_000 }, async () => {
  const section =
    readFileSync(path.join(root, 'RUNBOOK.md'), 'utf8').split('## Change the log level for an hour')[1] ?? '';
  const commands = /^```sh\n([^]*?)^```$/m.exec(section)?.[1]?.replace('timeout 1h', 'timeout 6s') ?? '';
  const env = environment(temporaryFolder(), { HEALTH_TOKEN: 'a-token-of-the-tests', HTTP_HOST: '127.0.0.1' });
  migrate(env);
  const child = spawn('sh', ['-c', commands], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void process.kill(-Number(child.pid), 'SIGKILL'));
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push((JSON.parse(line) as { message: string }).message));
  const wanted = ['listening', 'stopping', 'stopped', 'listening'];
  await expect.poll(() => lines, { timeout: 40_000 }).toEqual(wanted);
});
