import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import express, { type ErrorRequestHandler, type Express, Router } from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHealth } from './create-health.ts';
import type { Health } from './health.ts';
import { type AppUnderTest, countByRoute, describeDoor } from './testing/describe-door.ts';

async function start(health: Health, app: Express): Promise<number> {
  const server = createServer(health.wrap(app));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  });
  return (server.address() as AddressInfo).port;
}

function startApp({ health, reached, hanging }: AppUnderTest): Promise<number> {
  const app = express();
  app.use(({ path }, _response, next) => {
    reached(path);
    next();
  });
  app.get('/orders/:orderNumber', async ({ params, route }, response) => {
    await nextTurn();
    health.cache('hit');
    health.db(Number(params.orderNumber));
    response.json({ ...health.current(), route: (route as { path: string }).path });
  });
  app.post(
    '/orders',
    (_request, _response, next) => {
      health.db();
      next();
    },
    express.json(),
    ({ body }, response) => {
      health.cache('miss');
      health.db();
      response.json({ body: body as unknown, marks: health.current() });
    },
  );
  app.get('/stream', async (_request, response) => {
    for (const chunk of ['1', '2', '3']) {
      // oxlint-disable-next-line no-await-in-loop -- chunks follow each other
      await nextTurn();
      health.db();
      response.write(chunk);
    }
    response.end();
  });
  app.get('/hangs', () => {
    health.db(2);
    hanging();
  });
  app.get('/fails', async () => {
    health.db();
    await nextTurn();
    throw new Error('of the route');
  });
  const answerError: ErrorRequestHandler = (error, _request, response, _next) => {
    if (error instanceof SyntaxError) {
      response.status(400).json({});
      return;
    }
    health.db();
    response.status(500).json(health.current());
  };
  app.use(answerError);
  return start(health, app);
}

describeDoor('Express', startApp);

describe('the routes of Express', () => {
  const newHealth = (): Health => createHealth({ serviceId: 'orders', releaseId: '1' });
  const answer = (_request: unknown, response: { end: (text: string) => void }) => response.end('ok');

  async function countedAs(app: Express, paths: readonly string[]) {
    const health = newHealth();
    const port = await start(health, app);
    await Promise.all(paths.map((path) => fetch(`http://127.0.0.1:${port}${path}`)));
    await expect.poll(() => health.snapshot().window.total.requests).toBe(paths.length);
    return countByRoute(health);
  }

  it('keep the template of the router they are in, not the path it was asked for', async () => {
    const posts = Router({ mergeParams: true }).get('/:postId', answer).get('/', answer);
    const users = Router().use('/:userId/posts', posts).get('/', answer);
    const app = express().use('/v1/users', users).use(Router().get('/plain', answer));
    expect(
      await countedAs(app, [
        '/v1/users/1/posts/2',
        '/v1/users/3/posts/4',
        '/v1/users/5/posts',
        '/v1/users',
        '/plain',
        '/v1/users/1/unknown',
      ]),
    ).toEqual({
      '/v1/users/{userId}/posts/{postId}': 2,
      '/v1/users/{userId}/posts': 1,
      '/v1/users': 1,
      '/plain': 1,
      other: 1,
    });
  });

  it('are told apart where one router is mounted twice', async () => {
    const items = Router().get('/:id', answer);
    const app = express().use('/cats/:home', items).use(['/dogs', '/hounds'], items);
    expect(await countedAs(app, ['/cats/1/2', '/cats/3/4', '/dogs/5', '/hounds/6'])).toEqual({
      '/cats/{home}/{id}': 2,
      '/dogs/{id}': 1,
      '/hounds/{id}': 1,
    });
  });

  it('keep the template of the application they are in', async () => {
    const inner = express().use('/:tenant', Router().get('/orders/:id', answer));
    const app = express().use('/shops', inner);
    expect(await countedAs(app, ['/shops/a/orders/1', '/shops/b/orders/2'])).toEqual({
      '/shops/{tenant}/orders/{id}': 2,
    });
  });

  it('are the first of several paths, and a regular expression as it is written', async () => {
    const app = express()
      .get(['/a/:x', '/b/:x'], answer)
      .get(/^\/c\/(\d+)$/, answer)
      .get('/files/*rest', answer);
    expect(await countedAs(app, ['/a/1', '/b/1', '/c/1', '/files/x/y'])).toEqual({
      '/a/{x}': 2,
      '/^\\/c\\/(\\d+)$/': 1,
      '/files/*rest': 1,
    });
  });

  it('give way to a template that the handler names', async () => {
    const health = newHealth();
    const app = express().get('/*rest', (_request, response) => {
      health.route('/pages/{slug}');
      response.end('ok');
    });
    const port = await start(health, app);
    await fetch(`http://127.0.0.1:${port}/pages/home`);
    await expect.poll(() => countByRoute(health)).toEqual({ '/pages/{slug}': 1 });
  });
});
