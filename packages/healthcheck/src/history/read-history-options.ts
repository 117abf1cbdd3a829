import { wrongArgument, wrongOption } from './history-error.ts';

const longestMinutes = 1_000_000;

export function readOptions<T extends object>(options: T, expected: string): T {
  if (typeof options !== 'object' || options === null) throw wrongOption('options', options, expected);
  return options;
}

export function readText(option: string, value: unknown): string {
  if (typeof value === 'string' && value !== '' && !value.includes('\0')) return value;
  throw wrongOption(option, value, 'text that is not empty');
}

export function readMinutes(option: string, value: unknown): number {
  const holds = typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= longestMinutes;
  if (!holds) throw wrongOption(option, value, `whole minutes from 1 to ${longestMinutes}`);
  return value;
}

export function readCallback<T>(option: string, value: T): T {
  if (value !== undefined && typeof value !== 'function') throw wrongOption(option, value, 'a function, or nothing');
  return value;
}

/** Not an option but what a call is given. */
export function readMinute(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw wrongArgument(name, value, 'whole minutes since 1970');
}
