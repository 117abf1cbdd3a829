/** The stable codes of starting and stopping a process: what failed, and what that left behind. */
export const shutdownErrorCodes = {
  SHUTDOWN_OPTIONS_INVALID: ['the options of gracefulShutdown are wrong', 'No signal is listened to.'],
  SHUTDOWN_CUT_OFF: ['the process stopped before everything was done', 'It ends with exit code 1.'],
  SHUTDOWN_HOOK_FAILED: ['a step of stopping failed', 'The others go on; the process ends with exit code 1.'],
  LISTEN_FDS_INVALID: ['the socket that was passed on cannot be used', 'Nothing listens.'],
  NOTIFY_FAILED: [
    'the service manager was not told',
    'The service goes on; the manager may stop it when its time is over.',
  ],
} as const;

/** One of the keys of {@link shutdownErrorCodes}. */
export type ShutdownErrorCode = keyof typeof shutdownErrorCodes;

interface Facts {
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
  /** Whether the same can succeed later, and why. */
  readonly retry: readonly ['yes' | 'no', string];
  readonly owner: string;
}

/**
 * What went wrong while a process started or stopped; the message is the text to print, without a stack.
 *
 * @example
 * ```ts
 * import { listenTarget, ShutdownError } from '@seaworthy/healthcheck';
 *
 * let code = '';
 * try {
 *   listenTarget({ LISTEN_PID: String(process.pid), LISTEN_FDS: 'three' });
 * } catch (error) {
 *   if (error instanceof ShutdownError) code = error.code;
 * }
 * if (code !== 'LISTEN_FDS_INVALID') throw new Error('three was taken for a number of sockets');
 * ```
 */
export class ShutdownError extends Error {
  override readonly name = 'ShutdownError';
  readonly code: ShutdownErrorCode;
  readonly retryable: boolean;

  constructor(code: ShutdownErrorCode, { got, expected, fix, retry, owner }: Facts, options?: ErrorOptions) {
    const [what, outcome] = shutdownErrorCodes[code];
    const lines = Object.entries({ code, got, expected, fix, retry: retry.join(': '), owner });
    super([`${what}. ${outcome}`, ...lines.map(([key, value]) => `   ${key.padEnd(9)} ${value}`)].join('\n'), options);
    this.code = code;
    this.retryable = retry[0] === 'yes';
  }
}

/** A value and its type, never more than a line of it. */
function quoted(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'string') return `${JSON.stringify(value.slice(0, 80))} (string)`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${value} (${typeof value})`;
  return Array.isArray(value) ? 'a value (array)' : `a value (${typeof value})`;
}

export function wrongOption(option: string, value: unknown, expected: string): ShutdownError {
  return new ShutdownError('SHUTDOWN_OPTIONS_INVALID', {
    got: `${option}: ${quoted(value)}`,
    expected,
    fix: `pass such a value as ${option}`,
    retry: ['no', 'the same value fails again'],
    owner: 'the code that calls gracefulShutdown',
  });
}

export function cutOff(left: readonly string[], why: string): ShutdownError {
  return new ShutdownError('SHUTDOWN_CUT_OFF', {
    got: `${left.join(', ')}; ${why}`,
    expected: 'everything in flight to end within graceTimeoutMs',
    fix: 'give requests a shorter time-out of their own, or raise graceTimeoutMs and with it the time that the platform waits before SIGKILL',
    retry: ['yes', 'clients may repeat requests that are safe to repeat; the next instance answers them'],
    owner: 'whoever runs the service',
  });
}

export function hookFailed(name: string, cause: unknown): ShutdownError {
  const facts = {
    got: `${name} failed: ${cause instanceof Error ? cause.name : quoted(cause)}`,
    expected: `${name} to return or resolve`,
    fix: 'read the cause of this error; it is not printed, since it may name an address',
    retry: ['no', 'the process is ending'],
    owner: 'the code that calls gracefulShutdown',
  } as const;
  return new ShutdownError('SHUTDOWN_HOOK_FAILED', facts, { cause });
}

export function wrongSocket(got: string, expected: string): ShutdownError {
  return new ShutdownError('LISTEN_FDS_INVALID', {
    got,
    expected,
    fix: 'let the service manager pass exactly one listening socket (systemd: one ListenStream= in one .socket unit)',
    retry: ['no', 'the same environment fails again'],
    owner: 'whoever runs the service',
  });
}

export function notNotified(state: string, cause: unknown): ShutdownError {
  const code: unknown = Reflect.get(Object(cause), 'code');
  const ended = Reflect.get(Object(cause), 'killed') === true ? 'no answer in time' : `exit code ${String(code)}`;
  const facts = {
    got: `systemd-notify ${state}: ${code === 'ENOENT' ? 'no such program' : ended}`,
    expected: 'a systemd-notify in PATH that reaches the socket NOTIFY_SOCKET names within 5 s',
    fix: 'install systemd-notify, or take Type=notify (podman: --sdnotify=conmon) out of the unit; with a user of its own the unit needs NotifyAccess=all',
    retry: ['yes', 'when the program is there'],
    owner: 'whoever runs the service',
  } as const;
  return new ShutdownError('NOTIFY_FAILED', facts, { cause });
}
