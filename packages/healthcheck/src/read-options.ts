import { WrongValues } from './errors/wrong-values.ts';
import type { History } from './history/history.ts';
import type { Check, CheckGate, HealthOptions, Objectives } from './health-options.ts';
import {
  hasMethods,
  isFunction,
  isNumber,
  isObject,
  isOptionalFunction,
  isText,
  isWhole,
  longestMs,
} from './value-checks.ts';

export interface ResolvedCheck {
  readonly run: (signal: AbortSignal) => unknown;
  readonly everyMs: number;
  readonly timeoutMs: number;
  readonly failAfter: number;
  readonly gates: CheckGate;
  readonly componentType: string;
}

export interface ResolvedOptions {
  readonly serviceId: string;
  readonly releaseId: string;
  readonly token: string | undefined;
  readonly objectives: Readonly<Objectives>;
  readonly checks: ReadonlyMap<string, ResolvedCheck>;
  readonly maxRoutes: number;
  readonly prefix: string;
  readonly history: History | undefined;
  readonly deployedAt: number | undefined;
  readonly previousReleaseId: string | undefined;
}

const shortestToken = 16;
// Earlier, it was given in seconds.
const earliestDeployMs = 1e12;

/** Every problem is reported, so nothing here stops at the first one. */
export function readOptions(options: HealthOptions): ResolvedOptions {
  const wrong = new WrongValues('HEALTH_OPTIONS_INVALID');
  const demand: Demand = (...given) => wrong.demand(...given);

  const isOne = isObject(options);
  demand(isOne, 'options', options, 'an object with serviceId and releaseId', 'pass the options as one object');
  if (!isOne) wrong.throwAny();
  const { serviceId, releaseId, token, objectives = {}, checks = {} } = options;

  const named = 'text that is not empty';
  demand(isText(serviceId), 'serviceId', serviceId, named, 'pass the name of the service');
  demand(isText(releaseId), 'releaseId', releaseId, named, 'pass the version or commit that runs');
  readToken(token, wrong);
  for (const name of ['onCheckFailed', 'onHistoryProblem', 'now', 'schedule'] as const) {
    const fix = name.startsWith('on') ? 'pass a function or leave it out' : 'leave it out outside tests';
    demand(isOptionalFunction(options[name]), name, options[name], 'a function', fix);
  }
  const recording = readRecording(options, demand);

  const limit = (name: keyof Objectives, maximum: number, expected: string): void => {
    const value = objectives[name];
    const holds = value === undefined || isNumber(value, 0, maximum);
    demand(holds, `objectives.${name}`, value, expected, 'pass such a number, or leave it out to set no limit');
  };
  if (isObject(objectives)) {
    limit('responseTimeMs', longestMs, `a number of milliseconds from 0 to ${longestMs}`);
    limit('errorRate', 1, 'a share from 0 to 1, such as 0.001');
    limit('databaseCallsPerRequest', Number.MAX_SAFE_INTEGER, 'a number of calls, 0 or more');
  } else {
    demand(false, 'objectives', objectives, 'an object', 'pass an object or leave it out');
  }

  const resolved = new Map<string, ResolvedCheck>();
  if (isObject(checks)) {
    for (const [name, check] of Object.entries(checks)) resolved.set(name, readCheck(name, check, demand));
  } else {
    demand(false, 'checks', checks, 'an object of checks by name', 'pass an object or leave it out');
  }

  wrong.throwAny();
  return {
    serviceId,
    releaseId,
    token,
    objectives: { ...objectives },
    checks: resolved,
    ...recording,
  };
}

// A route costs up to 45 KB for its histograms of six minutes.
const mostRoutes = 1000;

function readRecording(options: HealthOptions, demand: Demand) {
  const { maxRoutes = 50, prefix = '', history, deployedAt, previousReleaseId } = options;
  demand(
    isWhole(maxRoutes, 0, mostRoutes),
    'maxRoutes',
    maxRoutes,
    `a whole number from 0 to ${mostRoutes}`,
    'leave it out for 50',
  );
  const isPrefix = typeof prefix === 'string' && /^(\/[\w.~-]+)*$/.test(prefix);
  const path = "'' or a path such as '/internal', without a slash at its end";
  demand(isPrefix, 'prefix', prefix, path, 'leave it out for none');
  const isHistory = history === undefined || hasMethods(history, 'append', 'read');
  const methods = 'an object with the methods append and read';
  demand(isHistory, 'history', history, methods, 'pass fileHistory(…), or leave it out');
  const isTime = deployedAt === undefined || isNumber(deployedAt, earliestDeployMs, Number.MAX_SAFE_INTEGER);
  const since = 'leave it out for the start of the process';
  demand(isTime, 'deployedAt', deployedAt, 'milliseconds since 1970, as Date.parse gives them', since);
  const isRelease = previousReleaseId === undefined || isText(previousReleaseId);
  const release = 'pass the release before this one, or leave it out';
  demand(isRelease, 'previousReleaseId', previousReleaseId, 'text that is not empty', release);
  return { maxRoutes, prefix, history, deployedAt, previousReleaseId };
}

/** Of a token no message shows more than its length. */
function readToken(token: unknown, wrong: WrongValues): void {
  if (token === undefined) return;
  if (typeof token === 'string' && token.length >= shortestToken && token === token.trim()) return;
  const expected = `a string of at least ${shortestToken} characters, without space around it`;
  const fix = 'pass a longer token, or leave it out to serve no details';
  if (typeof token === 'string') {
    wrong.add('token', `a string of ${token.length} characters (never shown)`, expected, fix);
  } else {
    wrong.demand(false, 'token', token, expected, fix);
  }
}

type Demand = WrongValues['demand'];

function readCheck(name: string, check: Check, demand: Demand): ResolvedCheck {
  const at = `checks.${name}`;
  const isName = isText(name) && !name.includes(':') && name !== 'http';
  demand(isName, at, name, 'a name that is not empty, has no colon and is not http', 'rename the check');
  const {
    everyMs = 5000,
    timeoutMs = 1000,
    failAfter = 2,
    gates = 'report',
    componentType = 'component',
  } = check ?? {};

  const run: unknown = Reflect.get(Object(check), 'run');
  demand(isFunction(run), `${at}.run`, run, 'a function', 'pass the function that checks');
  const time = `a number of milliseconds from 1 to ${longestMs}`;
  demand(isNumber(everyMs, 1, longestMs), `${at}.everyMs`, everyMs, time, 'leave it out for 5000');
  demand(isNumber(timeoutMs, 1, longestMs), `${at}.timeoutMs`, timeoutMs, time, 'leave it out for 1000');
  demand(
    isWhole(failAfter, 1, Number.MAX_SAFE_INTEGER),
    `${at}.failAfter`,
    failAfter,
    'a whole number, 1 or more',
    'leave it out for 2',
  );
  const isGate = ['report', 'ready', 'startup'].includes(gates);
  demand(isGate, `${at}.gates`, gates, "'report', 'ready' or 'startup'", "leave it out for 'report'");
  const type = 'text that is not empty';
  demand(isText(componentType), `${at}.componentType`, componentType, type, "leave it out for 'component'");
  // Called on the check itself, so that a check may be an instance of a class.
  return { run: (signal) => check.run(signal), everyMs, timeoutMs, failAfter, gates, componentType };
}
