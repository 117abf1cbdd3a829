import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { HealthError } from '../errors/health-error.ts';
import { notNotified } from '../errors/process-errors.ts';

const timeoutMs = 5000;

/** Resolves with whether anybody asked to be told; rejects with a `HealthError` when that failed. */
export async function notify(state: 'READY=1' | 'STOPPING=1', env: NodeJS.ProcessEnv): Promise<boolean> {
  const socket = env['NOTIFY_SOCKET'];
  if (socket === undefined || socket === '') return false;
  const path = env['PATH'] ?? process.env['PATH'];
  try {
    // Without --no-block: it waits until the manager has seen the message, and so can still tell whose process it is.
    await promisify(execFile)('systemd-notify', [state], {
      env: { NOTIFY_SOCKET: socket, ...(path === undefined ? {} : { PATH: path }) },
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    return true;
  } catch (error) {
    throw notNotified(state, error);
  }
}

/**
 * Tells the service manager that the service is ready: `READY=1` to the socket that `NOTIFY_SOCKET` names, as systemd asks
 * of `Type=notify`. Without that variable it does nothing. Call it once the server listens; there is no need to wait for it.
 *
 * Node has no datagram sockets of the Unix domain, so the program `systemd-notify` sends the message. It belongs to
 * systemd; an image of a container that is started with a notify socket has to hold it. The message comes from another process
 * than the main one: where the service has a user of its own, the unit needs `NotifyAccess=all`.
 *
 * Never rejects: what failed is given to `onProblem`, by default on the standard error output, and the result is false.
 * `gracefulShutdown` sends `STOPPING=1` by itself.
 *
 * @example
 * ```ts
 * import { notifyReady } from '@seaworthy/healthcheck';
 *
 * // Not started by a service manager: nobody is told.
 * const told = await notifyReady({});
 * if (told) throw new Error('nobody asked to be told');
 * ```
 */
export async function notifyReady(
  env: NodeJS.ProcessEnv = process.env,
  onProblem: (problem: HealthError) => void = ({ message }) => void process.stderr.write(`${message}\n`),
): Promise<boolean> {
  try {
    return await notify('READY=1', env);
  } catch (error) {
    Promise.resolve(error as HealthError)
      .then(onProblem)
      .catch(() => {});
    return false;
  }
}
