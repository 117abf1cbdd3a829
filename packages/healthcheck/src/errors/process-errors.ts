import { codeOf, HealthError } from './health-error.ts';

export function cannotListen(host: string, port: number, cause: unknown): HealthError {
  const problem = {
    name: `port ${port} of ${JSON.stringify(host)}`,
    got: codeOf(cause),
    expected: 'an address of this machine and a free port',
    fix: 'stop what has the port, or choose another host or port',
    retryable: true,
    retry: 'when the port is free',
    owner: 'whoever runs the service',
  };
  return new HealthError('MANAGEMENT_CANNOT_LISTEN', [problem], { cause });
}

export function cutOff(left: readonly string[], why: string): HealthError {
  const problem = {
    name: 'graceTimeoutMs',
    got: `${left.join(', ')}; ${why}`,
    expected: 'everything in flight to end within graceTimeoutMs',
    fix: 'give requests a shorter time-out of their own, or raise graceTimeoutMs and with it the time that the platform waits before SIGKILL',
    retryable: true,
    retry: 'clients may repeat requests that are safe to repeat; the next instance answers them',
    owner: 'whoever runs the service',
  };
  return new HealthError('SHUTDOWN_CUT_OFF', [problem]);
}

export function hookFailed(name: string, cause: unknown): HealthError {
  const problem = {
    name,
    // What was thrown is not quoted: a text may hold what an error keeps in its message.
    got: `it failed: ${codeOf(cause)}`,
    expected: `${name} to return or resolve`,
    fix: 'read the cause of this error; it is not printed, since it may name an address',
    retryable: false,
    retry: 'the process is ending',
    owner: 'the code that calls gracefulShutdown',
  };
  return new HealthError('SHUTDOWN_HOOK_FAILED', [problem], { cause });
}

export function wrongSocket(name: string, got: string, expected: string): HealthError {
  const problem = {
    name,
    got,
    expected,
    fix: 'let the service manager pass exactly one listening socket (systemd: one ListenStream= in one .socket unit)',
    retryable: false,
    retry: 'the same environment fails again',
    owner: 'whoever runs the service',
  };
  return new HealthError('LISTEN_FDS_INVALID', [problem]);
}

export function notNotified(state: string, cause: unknown): HealthError {
  const code: unknown = Reflect.get(Object(cause), 'code');
  const ended = Reflect.get(Object(cause), 'killed') === true ? 'no answer in time' : `exit code ${String(code)}`;
  const problem = {
    name: `systemd-notify ${state}`,
    got: code === 'ENOENT' ? 'no such program' : ended,
    expected: 'a systemd-notify in PATH that reaches the socket NOTIFY_SOCKET names within 5 s',
    fix: 'install systemd-notify, or take Type=notify (podman: --sdnotify=conmon) out of the unit; with a user of its own the unit needs NotifyAccess=all',
    retryable: true,
    retry: 'when the program is there',
    owner: 'whoever runs the service',
  };
  return new HealthError('NOTIFY_FAILED', [problem], { cause });
}
