import type { RequestListener } from 'node:http';
import type { FastifyInstance, FastifyPluginCallback } from 'fastify';
import type { Health } from './health.ts';
import { answerEndpoint, type Door, doorOf } from './recording/door-of.ts';

/**
 * Makes the plugin of Fastify: answers the endpoints before anything else, and measures every other request by the
 * template of its route.
 *
 * Requests are met at the server, so hooks that were added before do not delay a probe; what goes past the server, as
 * `inject` does, is met in a hook.
 *
 * @throws {HealthError} `HEALTH_ARGUMENT_INVALID` for anything but what `createHealth` returned.
 * @example
 * ```ts
 * import { createHealth } from '@seaworthy/healthcheck';
 * import { healthPlugin } from '@seaworthy/healthcheck/fastify';
 * import { fastify } from 'fastify';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const app = fastify();
 * await app.register(healthPlugin(health));
 * app.get('/orders/:orderNumber', (request) => {
 *   health.db();
 *   return request.params;
 * });
 *
 * await app.inject('/orders/A-1001');
 * const probe = await app.inject('/readyz?from=balancer');
 * if (probe.statusCode !== 200) throw new Error(`not ready: ${probe.statusCode}`);
 * if (!health.snapshot().window.routes.has('/orders/{orderNumber}')) throw new Error('the route was not counted');
 * health.close();
 * await app.close();
 * ```
 */
export function healthPlugin(health: Health): FastifyPluginCallback {
  const door = doorOf(health);
  const plugin: FastifyPluginCallback = (app, _options, done) => {
    meetAtServer(app, health);
    meetInHook(app, door);
    done();
  };
  // Without the first, the hooks would hold for this plugin alone.
  return Object.assign(plugin, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: '@seaworthy/healthcheck',
  });
}

/** In the place of Fastify's own listener, where it is one; around another one, the hook has to do. */
function meetAtServer(app: FastifyInstance, health: Health): void {
  // oxlint-disable-next-line typescript/unbound-method -- it uses no `this`, and a bound one is not among the listeners
  const { server, routing } = app;
  const listeners = server.rawListeners('request') as RequestListener[];
  if (!listeners.includes(routing)) return;
  server.removeAllListeners('request');
  const met = health.wrap(routing);
  for (const listener of listeners) server.on('request', listener === routing ? met : listener);
}

function meetInHook(app: FastifyInstance, { endpoints, meter }: Door): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    const held = meter.marksOf(raw);
    if (held === undefined && answerEndpoint(endpoints, raw, reply.raw)) {
      reply.hijack();
      return;
    }
    const marks = held ?? meter.begin(raw, reply.raw);
    marks.route = request.routeOptions.url;
    if (held === undefined) meter.context.run(marks, done);
    else done();
  });
}
