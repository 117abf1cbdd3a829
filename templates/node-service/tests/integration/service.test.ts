import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

it('starts, keeps an order, answers from its cache and stops on SIGTERM', { timeout: 30_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'integration-'));
  const { commands } = JSON.parse(readFileSync(path.join(root, 'service.json'), 'utf8')) as {
    commands: { start: string };
  };
  const env = { ...process.env, HTTP_PORT: '0', DATABASE_URL: `sqlite:${folder}/orders.db` };
  const service = spawn('sh', ['-c', `exec ${commands.start}`], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(service, 'exit');
  try {
    const [line] = (await once(createInterface(service.stdout), 'line')) as [string];
    const { port } = JSON.parse(line) as { port: number };
    const address = `http://127.0.0.1:${port}`;
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
  } finally {
    service.kill('SIGTERM');
  }
  expect(await exited).toEqual([0, null]);
  rmSync(folder, { recursive: true });
});
