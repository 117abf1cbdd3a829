import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { streamText } from 'hono/streaming';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHealth } from './create-health.ts';
import type { Health } from './health.ts';
import { healthMiddleware } from './hono.ts';
import { type AppUnderTest, countByRoute, describeDoor } from './testing/describe-door.ts';

async function start(app: Hono): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server: ServerType = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
    resolve(port),
  );
  onTestFinished(async () => {
    (server as Server).closeAllConnections();
    await once(server.close(), 'close');
  });
  return promise;
}

function addRoutes(app: Hono, { health, hanging }: Omit<AppUnderTest, 'reached'>): void {
  app.get('/orders/:orderNumber', async (context) => {
    await nextTurn();
    health.cache('hit');
    health.db(Number(context.req.param('orderNumber')));
    return context.json(health.current());
  });
  app.post('/orders', async (context) => {
    health.db();
    const body: unknown = await context.req.json().catch((cause: unknown) => {
      throw new HTTPException(400, { cause });
    });
    health.cache('miss');
    health.db();
    return context.json({ body, marks: health.current() } as object);
  });
  app.get('/stream', (context) =>
    streamText(context, async (stream) => {
      for (const chunk of ['1', '2', '3']) {
        // oxlint-disable-next-line no-await-in-loop -- chunks follow each other
        await nextTurn();
        health.db();
        // oxlint-disable-next-line no-await-in-loop
        await stream.write(chunk);
      }
    }),
  );
  app.get('/hangs', () => {
    health.db(2);
    hanging();
    return new Promise(() => {});
  });
  app.get('/fails', async () => {
    health.db();
    await nextTurn();
    throw new Error('of the route');
  });
}

describeDoor('Hono', ({ health, reached, hanging }) => {
  const app = new Hono();
  app.use(healthMiddleware(health));
  app.use(async (context, next) => {
    reached(context.req.path);
    await next();
  });
  addRoutes(app, { health, hanging });
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    health.db();
    return context.json(health.current(), 500);
  });
  return start(app);
});

const newHealth = (): Health => createHealth({ serviceId: 'orders', releaseId: '1' });

describe('the middleware of Hono', () => {
  it('answers endpoints without a server of Node, where it measures nothing', async () => {
    const health = newHealth();
    const app = new Hono();
    app.use(healthMiddleware(health));
    addRoutes(app, { health, hanging: () => {} });
    const probe = await app.request('/readyz?x=1');
    expect([probe.status, probe.headers.get('cache-control'), await probe.json()]).toEqual([
      200,
      'no-store',
      { status: 'pass' },
    ]);
    expect((await app.request('/orders/1')).status).toBe(200);
    expect(health.snapshot().window.total.requests).toBe(0);
  });

  it('names the route under every base path and sub-application', async () => {
    const health = newHealth();
    const posts = new Hono().get('/:postId', (context) => context.text('ok'));
    const app = new Hono();
    app.use(healthMiddleware(health));
    app.route('/v1/users/:userId/posts', posts);
    app.all('/proxy/*', (context) => context.text('ok'));
    const port = await start(app);
    const paths = ['/v1/users/1/posts/2', '/v1/users/3/posts/4', '/proxy/a/b', '/elsewhere'];
    await Promise.all(paths.map((path) => fetch(`http://127.0.0.1:${port}${path}`)));
    await expect.poll(() => health.snapshot().window.total.requests).toBe(4);
    expect(countByRoute(health)).toEqual({ '/v1/users/{userId}/posts/{postId}': 2, '/proxy/*': 1, other: 1 });
  });

  it('names the route that a middleware keeps a request from', async () => {
    const health = newHealth();
    const app = new Hono();
    app.use(healthMiddleware(health));
    app.use('/orders/*', (context) => Promise.resolve(context.text('no', 403)));
    addRoutes(app, { health, hanging: () => {} });
    const port = await start(app);
    await fetch(`http://127.0.0.1:${port}/orders/1`);
    await expect.poll(() => countByRoute(health)).toEqual({ '/orders/{orderNumber}': 1 });
  });

  it.each([undefined, null, 'health', {}, { ...newHealth() }])('refuses %j in the place of a health', (health) => {
    expect(() => healthMiddleware(health as Health)).toThrow(
      /health  HEALTH_ARGUMENT_INVALID[^]*expected +the object that createHealth returned, not a copy of it/,
    );
  });
});
