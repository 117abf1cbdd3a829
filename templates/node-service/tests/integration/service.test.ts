import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { root, startService, temporaryFolder } from './started-service.ts';

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
