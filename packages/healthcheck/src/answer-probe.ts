import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HealthDocument, HealthStatus } from './health-document.ts';

interface ProbeSource {
  ready(): boolean;
  document(full: boolean): HealthDocument;
  mayReadAll(authorization: string | undefined): boolean;
}

type Answer = (request: IncomingMessage, source: ProbeSource) => { status: HealthStatus };

const probes: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['/livez', () => ({ status: 'pass' })],
  ['/readyz', (_request, source) => ({ status: source.ready() ? 'pass' : 'fail' })],
  ['/healthz', (request, source) => source.document(source.mayReadAll(request.headers.authorization))],
]);

/** Answers a probe from memory and returns true, or returns false when the path is none. */
export function answerProbe(request: IncomingMessage, response: ServerResponse, source: ProbeSource): boolean {
  const url = request.url ?? '';
  const query = url.indexOf('?');
  const answer = probes.get(query === -1 ? url : url.slice(0, query));
  if (answer === undefined) return false;

  response.setHeader('cache-control', 'no-store');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD', 'content-length': 0 }).end();
    return true;
  }
  const document = answer(request, source);
  const body = JSON.stringify(document);
  response.writeHead(document.status === 'fail' ? 503 : 200, {
    'content-type': 'application/health+json',
    'content-length': Buffer.byteLength(body),
  });
  // Node leaves the body out of an answer to HEAD by itself.
  response.end(body);
  return true;
}
