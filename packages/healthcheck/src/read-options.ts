import { HealthOptionsError, type HealthOptionsProblem } from './health-options-error.ts';
import type { Check, HealthOptions, Objectives } from './health-options.ts';

export interface ResolvedCheck {
  readonly run: (signal: AbortSignal) => unknown;
  readonly everyMs: number;
  readonly timeoutMs: number;
  readonly failAfter: number;
  readonly gates: 'report' | 'ready';
  readonly componentType: string;
}

export interface ResolvedOptions {
  readonly serviceId: string;
  readonly releaseId: string;
  readonly token: string | undefined;
  readonly objectives: Readonly<Objectives>;
  readonly checks: ReadonlyMap<string, ResolvedCheck>;
}

// A longer delay than 2^31-1 ms makes setTimeout fire at once; a day is far below and longer than any check waits.
const longestMs = 86_400_000;
const shortestToken = 16;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isNumber = (value: unknown, minimum: number, maximum: number): boolean =>
  typeof value === 'number' && value >= minimum && value <= maximum;
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isOptionalFunction = (value: unknown): boolean => value === undefined || isFunction(value);

function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'string')
    return `${JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)} (string)`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${value} (${typeof value})`;
  return Array.isArray(value) ? 'a value (array)' : `a value (${typeof value})`;
}

/** Every problem is reported, so nothing here stops at the first one. */
export function readOptions(options: HealthOptions): ResolvedOptions {
  const problems: HealthOptionsProblem[] = [];
  const require = (holds: boolean, option: string, value: unknown, expected: string, fix: string): void => {
    if (!holds) problems.push({ option, got: describe(value), expected, fix });
  };

  if (!isObject(options)) {
    require(false, 'options', options, 'an object with serviceId and releaseId', 'pass the options as one object');
    throw new HealthOptionsError(problems);
  }
  const { serviceId, releaseId, token, objectives = {}, checks = {}, onCheckFailed, now, schedule } = options;

  const named = 'text that is not empty';
  require(isText(serviceId), 'serviceId', serviceId, named, 'pass the name of the service');
  require(isText(releaseId), 'releaseId', releaseId, named, 'pass the version or commit that runs');
  readToken(token, problems);
  const callback = 'a function';
  require(isOptionalFunction(
    onCheckFailed,
  ), 'onCheckFailed', onCheckFailed, callback, 'pass a function or leave it out');
  require(isOptionalFunction(now), 'now', now, callback, 'leave it out outside tests');
  require(isOptionalFunction(schedule), 'schedule', schedule, callback, 'leave it out outside tests');

  const limit = (name: keyof Objectives, maximum: number, expected: string): void => {
    const value = objectives[name];
    const holds = value === undefined || isNumber(value, 0, maximum);
    require(holds, `objectives.${name}`, value, expected, 'pass such a number, or leave it out to set no limit');
  };
  if (isObject(objectives)) {
    limit('responseTimeMs', longestMs, `a number of milliseconds from 0 to ${longestMs}`);
    limit('errorRate', 1, 'a share from 0 to 1, such as 0.001');
    limit('databaseCallsPerRequest', Number.MAX_SAFE_INTEGER, 'a number of calls, 0 or more');
  } else {
    require(false, 'objectives', objectives, 'an object', 'pass an object or leave it out');
  }

  const resolved = new Map<string, ResolvedCheck>();
  if (isObject(checks)) {
    for (const [name, check] of Object.entries(checks)) resolved.set(name, readCheck(name, check, require));
  } else {
    require(false, 'checks', checks, 'an object of checks by name', 'pass an object or leave it out');
  }

  if (problems.length > 0) throw new HealthOptionsError(problems);
  return { serviceId, releaseId, token, objectives: { ...objectives }, checks: resolved };
}

function readToken(token: unknown, problems: HealthOptionsProblem[]): void {
  if (token === undefined) return;
  if (typeof token === 'string' && token.length >= shortestToken && token === token.trim()) return;
  const got = typeof token === 'string' ? `a string of ${token.length} characters (never shown)` : describe(token);
  const expected = `a string of at least ${shortestToken} characters, without space around it`;
  problems.push({ option: 'token', got, expected, fix: 'pass a longer token, or leave it out to serve no details' });
}

type Require = (holds: boolean, option: string, value: unknown, expected: string, fix: string) => void;

function readCheck(name: string, check: Check, require: Require): ResolvedCheck {
  const at = `checks.${name}`;
  const isName = isText(name) && !name.includes(':') && name !== 'http';
  require(isName, at, name, 'a name that is not empty, has no colon and is not http', 'rename the check');
  const {
    everyMs = 5000,
    timeoutMs = 1000,
    failAfter = 2,
    gates = 'report',
    componentType = 'component',
  } = check ?? {};

  const run: unknown = Reflect.get(Object(check), 'run');
  require(isFunction(run), `${at}.run`, run, 'a function', 'pass the function that checks');
  const time = `a number of milliseconds from 1 to ${longestMs}`;
  require(isNumber(everyMs, 1, longestMs), `${at}.everyMs`, everyMs, time, 'leave it out for 5000');
  require(isNumber(timeoutMs, 1, longestMs), `${at}.timeoutMs`, timeoutMs, time, 'leave it out for 1000');
  const isCount = Number.isSafeInteger(failAfter) && failAfter >= 1;
  require(isCount, `${at}.failAfter`, failAfter, 'a whole number, 1 or more', 'leave it out for 2');
  const isGate = ['report', 'ready'].includes(gates);
  require(isGate, `${at}.gates`, gates, "'report' or 'ready'", "leave it out for 'report'");
  const type = 'text that is not empty';
  require(isText(componentType), `${at}.componentType`, componentType, type, "leave it out for 'component'");
  // Called on the check itself, so that a check may be an instance of a class.
  return { run: (signal) => check.run(signal), everyMs, timeoutMs, failAfter, gates, componentType };
}
