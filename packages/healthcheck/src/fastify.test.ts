import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Readable } from 'node:stream';
import {
  fastify,
  type FastifyInstance,
  type FastifyPluginCallback,
  type FastifyServerOptions,
  type onRequestHookHandler,
} from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHealth } from './create-health.ts';
import { healthPlugin } from './fastify.ts';
import type { Health } from './health.ts';
import { type AppUnderTest, countByRoute, describeDoor } from './testing/describe-door.ts';

function addRoutes(app: FastifyInstance, { health, hanging }: Omit<AppUnderTest, 'reached'>): void {
  app.get<{ Params: { orderNumber: string } }>('/orders/:orderNumber', async ({ params }) => {
    await nextTurn();
    health.cache('hit');
    health.db(Number(params.orderNumber));
    return health.current();
  });
  const countOne: onRequestHookHandler = (_request, _reply, done) => {
    health.db();
    done();
  };
  app.post('/orders', { onRequest: countOne }, ({ body }, reply) => {
    health.cache('miss');
    health.db();
    return reply.send({ body, marks: health.current() });
  });
  app.get('/stream', (_request, reply) =>
    reply.send(
      Readable.from(
        (async function* () {
          for (const chunk of ['1', '2', '3']) {
            // oxlint-disable-next-line no-await-in-loop -- chunks follow each other
            await nextTurn();
            health.db();
            yield chunk;
          }
        })(),
      ),
    ),
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

async function start(app: FastifyInstance): Promise<number> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  return (app.server.address() as AddressInfo).port;
}

async function startApp({ health, reached, hanging }: AppUnderTest, options: FastifyServerOptions = {}) {
  const app = fastify({ forceCloseConnections: true, ...options });
  // Before the plugin, and still behind it.
  app.addHook('onRequest', ({ url }, _reply, done) => {
    reached(url.split('?', 1)[0] ?? '');
    done();
  });
  await app.register(healthPlugin(health));
  app.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof SyntaxError) return reply.code(400).send({});
    health.db();
    return reply.code(500).send(health.current());
  });
  addRoutes(app, { health, hanging });
  return start(app);
}

describeDoor('Fastify', startApp);

describeDoor('Fastify with a server of its own', (app) =>
  startApp(app, { serverFactory: (handler) => createServer(app.health.wrap(handler)) }),
);

const newHealth = (): Health => createHealth({ serviceId: 'orders', releaseId: '1' });

describe('the plugin of Fastify', () => {
  it('answers and measures what goes past the server', async () => {
    const health = newHealth();
    const app = fastify();
    await app.register(healthPlugin(health));
    addRoutes(app, { health, hanging: () => {} });
    const [probe, order] = [await app.inject('/readyz?x=1'), await app.inject('/orders/3')];
    expect([probe.statusCode, probe.json()]).toEqual([200, { status: 'pass' }]);
    expect(order.json()).toMatchObject({ databaseCalls: 3, route: '/orders/:orderNumber' });
    expect([countByRoute(health), health.current()]).toEqual([{ '/orders/{orderNumber}': 1 }, undefined]);
  });

  it('measures on every address that localhost has', async () => {
    const health = newHealth();
    const app = fastify({ forceCloseConnections: true });
    await app.register(healthPlugin(health));
    addRoutes(app, { health, hanging: () => {} });
    await app.listen({ port: 0, host: 'localhost' });
    onTestFinished(() => app.close());
    for (const { address, port, family } of app.addresses() as AddressInfo[]) {
      const host = family === 'IPv6' ? `[${address}]` : address;
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const statuses = await Promise.all(
        ['livez', 'orders/1'].map(async (path) => (await fetch(`http://${host}:${port}/${path}`)).status),
      );
      expect(statuses).toEqual([200, 200]);
    }
    await expect.poll(() => health.snapshot().window.total.requests).toBe(app.addresses().length);
  });

  it('covers routes and hooks of every encapsulated plugin', async () => {
    const health = newHealth();
    const app = fastify();
    await app.register(healthPlugin(health));
    const inner: FastifyPluginCallback = (instance, _options, done) => {
      instance.get('/:id', (_request, reply) => {
        health.db();
        return reply.send('ok');
      });
      done();
    };
    await app.register(inner, { prefix: '/v1/orders' });
    await app.inject('/v1/orders/7');
    expect(countByRoute(health)).toEqual({ '/v1/orders/{id}': 1 });
    expect(health.snapshot().window.total.databaseCalls).toBe(1);
  });

  it('measures a request once when the server is wrapped as well', async () => {
    const health = newHealth();
    const app = fastify({ serverFactory: (handler) => createServer(health.wrap(handler)) });
    await app.register(healthPlugin(health));
    addRoutes(app, { health, hanging: () => {} });
    const port = await start(app);
    await fetch(`http://127.0.0.1:${port}/orders/1`);
    await expect.poll(() => health.snapshot().window.total.requests).toBe(1);
    await nextTurn();
    expect(countByRoute(health)).toEqual({ '/orders/{orderNumber}': 1 });
  });

  it.each([undefined, null, 'health', {}, { ...newHealth() }])('refuses %j in the place of a health', (health) => {
    expect(() => healthPlugin(health as Health)).toThrow(
      /health  HEALTH_ARGUMENT_INVALID[^]*expected +the object that createHealth returned, not a copy of it/,
    );
  });
});
