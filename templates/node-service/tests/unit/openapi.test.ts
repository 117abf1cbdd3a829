import { readFileSync } from 'node:fs';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { Operation } from '../../src/openapi/operation.ts';

import { startApp } from './running-app.ts';

let app: Awaited<ReturnType<typeof startApp>>;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.stop());

interface Served {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

async function served(): Promise<[method: string, path: string, operation: Operation][]> {
  const { paths } = (await (await fetch(`${app.address}/openapi.json`)).json()) as Served;
  return Object.entries(paths).flatMap(([route, operations]) =>
    Object.entries(operations).map(([method, operation]): [string, string, Operation] => [method, route, operation]),
  );
}

it('has the routes of service.json', async () => {
  const file = path.resolve(import.meta.dirname, '../../service.json');
  const { routes } = JSON.parse(readFileSync(file, 'utf8')) as { routes: readonly { method: string; path: string }[] };
  const described = (await served()).map(([method, route]) => `${method.toUpperCase()} ${route}`);
  expect(described.sort()).toEqual(routes.map((each) => `${each.method} ${each.path}`).sort());
});

it('says of every error that it is a problem', async () => {
  for (const [, , { responses }] of await served())
    for (const [status, { content }] of Object.entries(responses))
      expect(Object.keys(content as object)).toEqual([
        Number(status) < 400 ? 'application/json' : 'application/problem+json',
      ]);
});

it('can be asked for its head, and is not written', async () => {
  expect((await fetch(`${app.address}/openapi.json`, { method: 'HEAD' })).status).toBe(200);
  const answer = await fetch(`${app.address}/openapi.json`, { method: 'POST' });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});
