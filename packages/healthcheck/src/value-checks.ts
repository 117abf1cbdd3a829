// What is asked of values in more than one place.

/** A longer delay than 2^31-1 ms makes setTimeout fire at once; a day is far below and longer than anything waits. */
export const longestMs = 86_400_000;

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

export const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

export const isNumber = (value: unknown, minimum: number, maximum: number): value is number =>
  typeof value === 'number' && value >= minimum && value <= maximum;

export const isWhole = (value: unknown, minimum: number, maximum: number): value is number =>
  Number.isSafeInteger(value) && isNumber(value, minimum, maximum);

export const isFunction = (value: unknown): boolean => typeof value === 'function';

export const isOptionalFunction = (value: unknown): boolean => value === undefined || isFunction(value);

export const hasMethods = (value: unknown, ...names: readonly string[]): boolean =>
  names.every((name) => isFunction(Reflect.get(Object(value), name)));
