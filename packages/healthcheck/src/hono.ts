import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Health } from './health.ts';
import { doorOf } from './recording/door-of.ts';

/** What `@hono/node-server` gives to a handler. */
interface NodeBindings {
  readonly incoming?: IncomingMessage;
  readonly outgoing?: ServerResponse;
}

/**
 * Makes the middleware of Hono on `@hono/node-server`: answers the endpoints and measures every other request by the
 * template of its route. Use it before any other.
 *
 * Without Node's server, as in `app.request`, endpoints are answered and nothing is measured.
 *
 * @throws {HealthError} `HEALTH_ARGUMENT_INVALID` for anything but what `createHealth` returned.
 * @example
 * ```ts
 * import { createHealth } from '@seaworthy/healthcheck';
 * import { healthMiddleware } from '@seaworthy/healthcheck/hono';
 * import { Hono } from 'hono';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const app = new Hono();
 * app.use(healthMiddleware(health));
 * app.get('/orders/:orderNumber', (context) => context.json({ orderNumber: context.req.param('orderNumber') }));
 *
 * const probe = await app.request('/readyz?from=balancer');
 * if (probe.status !== 200) throw new Error(`not ready: ${probe.status}`);
 * health.close();
 * ```
 */
export function healthMiddleware(health: Health): MiddlewareHandler {
  const { endpoints, meter } = doorOf(health);
  return async (context, next) => {
    const endpoint = endpoints(context.req.path);
    if (endpoint !== undefined) {
      const { status, headers, body } = endpoint(context.req.method, context.req.header('authorization'));
      const sent = new Headers({ 'content-length': String(Buffer.byteLength(body)) });
      for (const [name, value] of Object.entries(headers)) for (const each of [value].flat()) sent.append(name, each);
      return new Response(body, { status, headers: sent });
    }

    const { incoming, outgoing } = (context.env ?? {}) as NodeBindings;
    if (incoming === undefined || outgoing === undefined) return next();
    const held = meter.marksOf(incoming);
    const marks = held ?? meter.begin(incoming, outgoing);
    // The last one is what the path was matched for; a middleware for every path is no route.
    const template = matchedRoutes(context).at(-1)?.path;
    if (template !== undefined && !/^\/?\*$/.test(template)) marks.route = template;
    return held === undefined ? meter.context.run(marks, next) : next();
  };
}
