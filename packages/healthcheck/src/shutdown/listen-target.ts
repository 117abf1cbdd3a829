import { fstatSync } from 'node:fs';

import { quoted } from '../errors/health-error.ts';
import { wrongSocket } from '../errors/process-errors.ts';

/** The first descriptor that the protocol passes on. */
const firstFd = 3;

const names = ['LISTEN_PID', 'LISTEN_FDS', 'LISTEN_FDNAMES'] as const;

/**
 * The listening socket that a service manager passed to this process, as `server.listen` and `app.listen` of Fastify take
 * it beside a host and a port, or undefined: then these count.
 *
 * The protocol is that of `sd_listen_fds`: descriptor 3, for the process that `LISTEN_PID` names and for none it starts. The
 * variables are deleted from `env`, so that no child takes the socket for its own; Node itself keeps the descriptor from
 * its children. What clients send while no process listens waits in the socket, so a restart refuses nobody.
 *
 * A server of node:http sets TCP_NODELAY on what it accepts, here too, unless it was created with `noDelay: false`.
 *
 * @throws {HealthError} `LISTEN_FDS_INVALID` when it is not exactly one socket.
 * @example
 * ```ts
 * import { once } from 'node:events';
 * import { createServer } from 'node:http';
 * import { listenTarget } from '@seaworthy/healthcheck';
 *
 * const server = createServer((_request, response) => response.end('hello'));
 * await once(server.listen({ host: '127.0.0.1', port: 0, ...listenTarget() }), 'listening');
 * server.close();
 * ```
 */
export function listenTarget(env: NodeJS.ProcessEnv = process.env): { fd: number } | undefined {
  const { LISTEN_PID: pid, LISTEN_FDS: count } = env;
  // The variables of a parent that did not delete them: they are not meant for this process.
  if (pid !== String(process.pid)) return undefined;
  // oxlint-disable-next-line no-param-reassign -- what the protocol asks for, and what a child must not see
  for (const name of names) delete env[name];
  if (count !== '1') throw wrongSocket('LISTEN_FDS', quoted(count), 'LISTEN_FDS=1, exactly one socket');
  if (!isSocket(firstFd)) throw wrongSocket(`descriptor ${firstFd}`, 'no socket', 'a listening stream socket');
  return { fd: firstFd };
}

function isSocket(fd: number): boolean {
  try {
    return fstatSync(fd).isSocket();
  } catch {
    return false;
  }
}
