// What is asked of values in more than one place.

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

export const isFunction = (value: unknown): boolean => typeof value === 'function';

export const isOptionalFunction = (value: unknown): boolean => value === undefined || isFunction(value);

export const hasMethods = (value: unknown, ...names: readonly string[]): boolean =>
  names.every((name) => isFunction(Reflect.get(Object(value), name)));

export const isWhole = (value: unknown, minimum: number, maximum: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= maximum;

/** A longer delay than 2^31-1 ms makes setTimeout fire at once; a day is far below. */
export const longestDelayMs = 86_400_000;

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\u0000-\u001F\u007F]/;

/** Text that both databases keep as it is, and that a log line shows on one line. */
export const isPlainText = (value: unknown, mostBytes: number): value is string =>
  typeof value === 'string' &&
  value !== '' &&
  value.isWellFormed() &&
  !control.test(value) &&
  Buffer.byteLength(value) <= mostBytes;

export const mostNameBytes = 200;
export const mostKeyBytes = 1000;
