/** The stable codes of the management server: what failed, and what that left behind. */
export const managementServerErrorCodes = {
  MANAGEMENT_OPTIONS_INVALID: ['an option of startManagementServer is wrong', 'Nothing listens.'],
  MANAGEMENT_CANNOT_LISTEN: ['the management server cannot listen', 'Nothing listens; the service itself goes on.'],
} as const;

/** One of the keys of {@link managementServerErrorCodes}. */
export type ManagementServerErrorCode = keyof typeof managementServerErrorCodes;

interface Facts {
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
  /** Whether the same can succeed later, and why. */
  readonly retry: readonly ['yes' | 'no', string];
  readonly owner: string;
}

/**
 * Why the management server did not start; the message is the text to print, without a stack.
 *
 * @example
 * ```ts
 * import { createHealth, ManagementServerError, startManagementServer } from '@seaworthy/healthcheck';
 *
 * const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
 * const refused: unknown = await startManagementServer(health, { port: -1 }).catch((error: unknown) => error);
 * if (!(refused instanceof ManagementServerError) || refused.retryable) throw new Error('port -1 was accepted');
 * health.close();
 * ```
 */
export class ManagementServerError extends Error {
  override readonly name = 'ManagementServerError';
  readonly code: ManagementServerErrorCode;
  readonly retryable: boolean;

  constructor(code: ManagementServerErrorCode, { got, expected, fix, retry, owner }: Facts, options?: ErrorOptions) {
    const [what, outcome] = managementServerErrorCodes[code];
    const lines = Object.entries({ code, got, expected, fix, retry: retry.join(': '), owner });
    super([`${what}. ${outcome}`, ...lines.map(([key, value]) => `   ${key.padEnd(9)} ${value}`)].join('\n'), options);
    this.code = code;
    this.retryable = retry[0] === 'yes';
  }
}

export function wrongManagementOption(option: string, value: unknown, expected: string): ManagementServerError {
  return new ManagementServerError('MANAGEMENT_OPTIONS_INVALID', {
    got: `${option}: ${quoted(value)}`,
    expected,
    fix: `pass such a value as ${option}`,
    retry: ['no', 'the same value fails again'],
    owner: 'the code that calls startManagementServer',
  });
}

export function cannotListen(host: string, port: number, cause: unknown): ManagementServerError {
  const reason: unknown = Reflect.get(Object(cause), 'code');
  const facts = {
    got: `${quoted(reason)} for the host ${JSON.stringify(host)} and the port ${port}`,
    expected: 'an address of this machine and a free port',
    fix: 'stop what has the port, or choose another host or port',
    retry: ['yes', 'when the port is free'],
    owner: 'whoever runs the service',
  } as const;
  return new ManagementServerError('MANAGEMENT_CANNOT_LISTEN', facts, { cause });
}

function quoted(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'string') return `${JSON.stringify(value.slice(0, 80))} (string)`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${value} (${typeof value})`;
  return Array.isArray(value) ? 'a value (array)' : `a value (${typeof value})`;
}
