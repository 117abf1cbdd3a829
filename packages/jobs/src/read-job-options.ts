import { WrongOptions } from './errors/wrong-options.ts';
import type { JobOptions } from './job-options.ts';
import { canonicalJson, hashOf, NotJson } from './ledger/canonical-json.ts';
import {
  hasMethods,
  isFunction,
  isObject,
  isOptionalFunction,
  isPlainText,
  isWhole,
  longestDelayMs,
  mostKeyBytes,
  mostNameBytes,
} from './value-checks.ts';

const defaultLeaseMs = 60_000;
const defaultKeepMs = 30 * 86_400_000;
const longestKeepMs = 36_500 * 86_400_000;

export const isStore = (store: unknown): boolean =>
  hasMethods(store, 'migrate', 'claim', 'commit', 'finish', 'fail', 'prune', 'endedSince');

export const aStore = 'a store, such as sqliteStore({ database })';

export interface ReadJobOptions {
  readonly inputHash: string;
  readonly leaseMs: number;
  readonly keepMs: number;
}

/** @throws {JobError} with everything that is wrong. */
export function readJobOptions(options: JobOptions<unknown>, run: unknown): ReadJobOptions {
  const wrong = new WrongOptions('JOB_OPTIONS_INVALID', 'job');
  wrong.demand(isObject(options), 'options', options, 'an object with name, key, input and store');
  wrong.throwAny();
  const { name, key, store, leaseMs = defaultLeaseMs, keepMs = defaultKeepMs, report, log, signal } = options;
  const text = (most: number) => `text of 1 to ${most} bytes without control characters`;
  wrong.demand(isPlainText(name, mostNameBytes), 'name', name, text(mostNameBytes));
  wrong.demand(isPlainText(key, mostKeyBytes), 'key', key, text(mostKeyBytes));
  const inputHash = hashInput(options.input, wrong);
  wrong.demand(isStore(store), 'store', store, aStore);
  const isLease = isWhole(leaseMs, 1, longestDelayMs);
  wrong.demand(isLease, 'leaseMs', leaseMs, `whole milliseconds from 1 to ${longestDelayMs}`);
  const isKeep = isWhole(keepMs, 0, longestKeepMs);
  wrong.demand(isKeep, 'keepMs', keepMs, `whole milliseconds from 0 to ${longestKeepMs}`);
  wrong.demand(isOptionalFunction(report), 'report', report, 'a function, or nothing');
  wrong.demand(isOptionalFunction(log), 'log', log, 'a function, or nothing');
  const isSignal = signal === undefined || signal instanceof AbortSignal;
  wrong.demand(isSignal, 'signal', signal, 'an AbortSignal, or nothing');
  wrong.demand(isFunction(run), 'run', run, 'a function');
  wrong.throwAny();
  return { inputHash, leaseMs, keepMs };
}

function hashInput(input: unknown, wrong: WrongOptions): string {
  try {
    return hashOf(canonicalJson(input, 'input'));
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    wrong.add(error.at, error.got, 'JSON: null, a boolean, a finite number, text, an array or a plain object');
    return '';
  }
}
