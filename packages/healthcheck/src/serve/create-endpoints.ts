import type { HealthSnapshot } from '../health-snapshot.ts';
import { buildDocument } from './build-document.ts';
import type { EndpointAnswer } from './endpoint-answer.ts';
import type { HealthStatus } from './health-document.ts';
import { metricsContentType, renderMetrics } from './metrics/render-metrics.ts';
import { renderStatusPage, statusPageHeaders } from './status-page/render-status-page.ts';

export interface EndpointSource {
  /** Asked for `/readyz` alone, which is asked most: it needs no sums. */
  ready(): boolean;
  snapshot(): HealthSnapshot;
}

export interface EndpointOptions {
  /** Stands in front of every path; empty, or begins with a slash and ends without one. */
  readonly prefix: string;
  /** Says whether the header opens the full document, the metrics and the page. */
  readonly mayReadAll: (authorization: string | undefined) => boolean;
}

export type Endpoint = (method: string | undefined, authorization: string | undefined) => EndpointAnswer;

type Read = (source: EndpointSource, readsAll: boolean) => EndpointAnswer;

/** Open to everybody; whoever may read all gets more. */
const openReads: Readonly<Record<string, Read>> = {
  '/livez': () => health({ status: 'pass' }),
  '/readyz': (source) => health({ status: source.ready() ? 'pass' : 'fail' }),
  '/startupz': (source) => health({ status: source.snapshot().started ? 'pass' : 'fail' }),
  '/healthz': (source, readsAll) => health(buildDocument(source.snapshot(), readsAll)),
};

const guardedReads: Readonly<Record<string, Read>> = {
  '/metrics': (source) => text(200, renderMetrics(source.snapshot()), { 'content-type': metricsContentType }),
  '/status': (source) => text(200, renderStatusPage(source.snapshot()), statusPageHeaders),
};

/** Every path that is served, without the prefix. */
export const endpointPaths: readonly string[] = [...Object.keys(openReads), ...Object.keys(guardedReads)];

/**
 * Finds what answers a request target, whatever its query; undefined when it asks for none of these.
 *
 * Answers come from memory: none waits for a check or runs one.
 */
export function createEndpoints(
  { prefix, mayReadAll }: EndpointOptions,
  source: EndpointSource,
): (target: string) => Endpoint | undefined {
  const endpoints = new Map<string, Endpoint>();
  const serve = (path: string, read: Read, isOpen: boolean): void => {
    endpoints.set(`${prefix}${path}`, (method, authorization) => {
      if (method !== 'GET' && method !== 'HEAD') return text(405, '', { allow: 'GET, HEAD' });
      const readsAll = mayReadAll(authorization);
      return isOpen || readsAll ? read(source, readsAll) : unauthorized;
    });
  };
  for (const [path, read] of Object.entries(openReads)) serve(path, read, true);
  for (const [path, read] of Object.entries(guardedReads)) serve(path, read, false);

  return (target) => {
    const query = target.indexOf('?');
    return endpoints.get(query === -1 ? target : target.slice(0, query));
  };
}

// The same for a wrong token, for none sent and for none configured. Two challenges: a browser asks for the first.
const unauthorized = text(401, 'Not authorized.\n', {
  'www-authenticate': ['Basic realm="health", charset="UTF-8"', 'Bearer realm="health"'],
});

function health(document: { readonly status: HealthStatus }): EndpointAnswer {
  const status = document.status === 'fail' ? 503 : 200;
  return text(status, JSON.stringify(document), { 'content-type': 'application/health+json' });
}

function text(status: number, body: string, headers: EndpointAnswer['headers']): EndpointAnswer {
  const type = { 'content-type': 'text/plain; charset=utf-8' };
  const kept = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  return { status, headers: { ...kept, ...(body === '' ? {} : type), ...headers }, body };
}
