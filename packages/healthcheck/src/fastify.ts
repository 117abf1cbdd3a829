import type { RequestListener } from 'node:http';
import type { FastifyInstance, FastifyPluginCallback, FastifyRequest } from 'fastify';
import type { Health } from './health.ts';
import { answerEndpoint, type Door, doorOf } from './recording/door-of.ts';
import type { LiveMarks } from './recording/request-context.ts';

const marksKey = Symbol('marks of the request');

interface MarkedRequest extends FastifyRequest {
  [marksKey]: LiveMarks | undefined;
}

/**
 * Makes the plugin of Fastify: answers the endpoints before anything else, and measures every other request by the
 * template of its route.
 *
 * Requests are met at the server, so hooks that were added before do not delay a probe; what goes past the server, as
 * `inject` does, is met in the first hook.
 *
 * @throws {TypeError} for anything but what `createHealth` returned.
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
    meetAtServer(app, door);
    meetInHooks(app, door);
    done();
  };
  // Without the first, the hooks would hold for this plugin alone.
  return Object.assign(plugin, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: '@seaworthy/healthcheck',
  });
}

/** In the place of Fastify's own listener, where it is one; around another one, the hooks have to do. */
function meetAtServer(app: FastifyInstance, { endpoints, meter }: Door): void {
  // oxlint-disable-next-line typescript/unbound-method -- it uses no `this`, and a bound one is not among the listeners
  const { server, routing } = app;
  const listeners = server.rawListeners('request') as RequestListener[];
  if (!listeners.includes(routing)) return;
  const met: RequestListener = (request, response) => {
    if (answerEndpoint(endpoints, request, response)) return;
    if (!meter.holds(request)) meter.context.enter(meter.begin(request, response));
    routing(request, response);
  };
  server.removeAllListeners('request');
  for (const listener of listeners) server.on('request', listener === routing ? met : listener);
}

function meetInHooks(app: FastifyInstance, { endpoints, meter }: Door): void {
  app.decorateRequest(marksKey, undefined);
  app.addHook('onRequest', (request, reply, done) => {
    const held = meter.holds(request.raw);
    if (!held && answerEndpoint(endpoints, request.raw, reply.raw)) {
      reply.hijack();
      return;
    }
    const marks = (held ? meter.context.marks() : undefined) ?? meter.begin(request.raw, reply.raw);
    marks.route = request.routeOptions.url;
    (request as MarkedRequest)[marksKey] = marks;
    if (held) done();
    else meter.context.run(marks, done);
  });
  // A body is parsed in the events of the request, which Node emits outside its context.
  app.addHook('preValidation', (request, _reply, done) => {
    const marks = (request as MarkedRequest)[marksKey];
    if (marks === undefined || meter.context.marks() === marks) done();
    else meter.context.run(marks, done);
  });
}
