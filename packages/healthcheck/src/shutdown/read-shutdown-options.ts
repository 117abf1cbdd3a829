import { constants } from 'node:os';

import type { GracefulShutdownOptions } from './graceful-shutdown.ts';
import { type ShutdownError, wrongOption } from './shutdown-error.ts';

// A longer delay than 2^31-1 ms makes setTimeout fire at once.
const longestMs = 86_400_000;

const isFunction = (value: unknown): boolean => typeof value === 'function';

/** Nobody can listen to the other two. */
const isSignals = (names: unknown): boolean =>
  Array.isArray(names) &&
  names.every(
    (name: unknown) =>
      typeof name === 'string' && Object.hasOwn(constants.signals, name) && !['SIGKILL', 'SIGSTOP'].includes(name),
  );

function requireMs(option: string, value: unknown): void {
  if (typeof value === 'number' && value >= 0 && value <= longestMs) return;
  throw wrongOption(option, value, `a number of milliseconds from 0 to ${longestMs}`);
}

function printProblem({ message }: ShutdownError): void {
  process.stderr.write(`${message}\n`);
}

/** The options with their defaults; throws at the first that is wrong. */
export function readShutdownOptions(
  server: unknown,
  options: GracefulShutdownOptions,
): Required<GracefulShutdownOptions> {
  const has = (method: string): boolean => isFunction(Reflect.get(Object(server), method));
  // The second is a method of HTTP/2, whose sessions end differently.
  if (!has('closeIdleConnections') || has('updateSettings'))
    throw wrongOption('server', server, 'a server of node:http or node:https');
  if (typeof options !== 'object' || options === null)
    throw wrongOption('options', options, 'an object with health and drainTimeoutMs');
  const {
    health,
    drainTimeoutMs,
    graceTimeoutMs = 30_000,
    signals = ['SIGTERM', 'SIGINT'],
    beforeClose = () => undefined,
    afterClose = () => undefined,
    onProblem = printProblem,
    exit = (exitCode) => process.exit(exitCode),
  } = options;
  if (!isFunction(Reflect.get(Object(health), 'drain')))
    throw wrongOption('health', health, 'an object with drain(), as createHealth returns it');
  requireMs('drainTimeoutMs', drainTimeoutMs);
  requireMs('graceTimeoutMs', graceTimeoutMs);
  if (!isSignals(signals)) throw wrongOption('signals', signals, 'an array of names such as SIGTERM');
  for (const [name, hook] of Object.entries({ beforeClose, afterClose, onProblem, exit }))
    if (!isFunction(hook)) throw wrongOption(name, hook, 'a function, or nothing');
  return { health, drainTimeoutMs, graceTimeoutMs, signals, beforeClose, afterClose, onProblem, exit };
}
