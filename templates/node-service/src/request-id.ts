import { randomUUID } from 'node:crypto';

/** The client's own request id when it is harmless in a header, a log line and a URL; otherwise a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(header) ? header : randomUUID();
}
