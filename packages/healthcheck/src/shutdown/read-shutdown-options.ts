import { constants } from 'node:os';

import type { HealthError } from '../errors/health-error.ts';
import { WrongValues } from '../errors/wrong-values.ts';
import { hasMethods, isFunction, isNumber, isObject, longestMs } from '../value-checks.ts';
import type { GracefulShutdownOptions } from './graceful-shutdown.ts';

/** Nobody can listen to the other two. */
const isSignals = (names: unknown): boolean =>
  Array.isArray(names) &&
  names.every(
    (name: unknown) =>
      typeof name === 'string' && Object.hasOwn(constants.signals, name) && !['SIGKILL', 'SIGSTOP'].includes(name),
  );

function printProblem({ message }: HealthError): void {
  process.stderr.write(`${message}\n`);
}

/** The options with their defaults; the error names every one that is wrong. */
export function readShutdownOptions(
  server: unknown,
  options: GracefulShutdownOptions,
): Required<GracefulShutdownOptions> {
  const wrong = new WrongValues('SHUTDOWN_OPTIONS_INVALID');
  // The second is a method of HTTP/2, whose sessions end differently.
  const isServer = hasMethods(server, 'closeIdleConnections') && !hasMethods(server, 'updateSettings');
  wrong.demand(isServer, 'server', server, 'a server of node:http or node:https');
  const isOne = isObject(options);
  wrong.demand(isOne, 'options', options, 'an object with health and drainTimeoutMs');
  if (!isOne) wrong.throwAny();
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
  wrong.demand(hasMethods(health, 'drain'), 'health', health, 'an object with drain(), as createHealth returns it');
  for (const [name, value] of Object.entries({ drainTimeoutMs, graceTimeoutMs }))
    wrong.demand(isNumber(value, 0, longestMs), name, value, `a number of milliseconds from 0 to ${longestMs}`);
  wrong.demand(isSignals(signals), 'signals', signals, 'an array of names such as SIGTERM');
  for (const [name, hook] of Object.entries({ beforeClose, afterClose, onProblem, exit }))
    wrong.demand(isFunction(hook), name, hook, 'a function, or nothing');
  wrong.throwAny();
  return { health, drainTimeoutMs, graceTimeoutMs, signals, beforeClose, afterClose, onProblem, exit };
}
