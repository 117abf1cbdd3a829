import { HealthError, listenTarget } from '@seaworthy/healthcheck';
import type { FastifyInstance } from 'fastify';

import { addressUnusable, socketUnusable } from './command-error.ts';
import type { ServiceSettings } from './settings.ts';

type Address = Pick<ServiceSettings['http'], 'host' | 'port'>;

/** Listens on the socket that a service manager passed on, otherwise on the address of the settings; returns the port. */
export async function listen(app: FastifyInstance, { host, port }: Address): Promise<number> {
  const inherited = inheritedSocket();
  try {
    await app.listen({ host, port, ...inherited });
  } catch (error) {
    if (inherited !== undefined) throw socketUnusable('descriptor 3: it cannot listen');
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw addressUnusable(`${host}:${port}`, inUse);
  }
  const [address] = app.addresses();
  return typeof address === 'object' ? address.port : port;
}

function inheritedSocket(): { fd: number } | undefined {
  try {
    return listenTarget(process.env);
  } catch (error) {
    if (!(error instanceof HealthError)) throw error;
    throw socketUnusable(error.problems.map(({ name, got }) => `${name}: ${got}`).join(', '));
  }
}
