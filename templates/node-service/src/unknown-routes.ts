import type { FastifyInstance } from 'fastify';

import { problems, type Problem } from './problem.ts';

/**
 * Answers 404 for an unknown path, and 405 with Allow for a known path and any method it does not serve.
 *
 * Before the body is read: what is wrong with the body of a request that goes nowhere does not matter.
 */
export function answerUnknownRoutes(app: FastifyInstance): void {
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    methods.set(url, new Set([...(methods.get(url) ?? []), ...[method].flat()]));
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const [path = ''] = request.url.split('?');
    const known = [...methods].find(([url]) => matches(url, path));
    if (known !== undefined) void reply.header('allow', [...known[1]].sort().join(', '));
    done(refusal(known !== undefined));
  });
  app.setNotFoundHandler(() => {
    throw problems.notFound();
  });
}

function refusal(pathIsKnown: boolean): Problem {
  return pathIsKnown ? problems.methodNotAllowed() : problems.notFound();
}

function matches(url: string, path: string): boolean {
  return new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}$`).test(path);
}

/** Sends a path that cannot be decoded to where no route is: Fastify would answer it outside its hooks. */
export function readablePath({ url = '/' }: { url?: string | undefined }): string {
  try {
    decodeURIComponent(url.split('?')[0] ?? '');
    return url;
  } catch {
    return '/';
  }
}
