import type { Values } from '../declare/group.ts';
import type { logging } from '../groups/logging.ts';

import { createLineCleaner } from './clean-log-line.ts';
import { cleanLogValue } from './clean-log-value.ts';

type LoggingValues = Values<(typeof logging)['settings']>;

/** The options of `pino` that these settings decide. */
export interface PinoOptions {
  readonly level: LoggingValues['level'];
  readonly depthLimit: number;
  readonly edgeLimit: number;
  readonly redact: {
    paths: string[];
    /** Returns what is written in place of a value; `undefined` leaves the key out. */
    censor: (value: unknown, path: string[]) => unknown;
  };
  /** The last look at a line: options of your own that name `hooks` have to keep it. */
  readonly hooks: { streamWrite: (line: string) => string };
}

/** `set-cookie`, `Set-Cookie`, `SET-COOKIE` and `setCookie`. */
function spellings(key: string): string[] {
  const upper = (letters: string) => letters.toUpperCase();
  const camel = key.replaceAll(/[-_]([a-z])/g, (_, letter: string) => upper(letter));
  return [key, key.replaceAll(/(^|[-_])[a-z]/g, upper), upper(key), camel];
}

/**
 * Turns loaded settings into the options of `pino`: hidden keys are left out of every line, at any depth, in upper and
 * lower case.
 *
 * pino's own `remove` needs a wildcard path for each key and depth, which adds 100µs to a line, and its two limits cut
 * only what is circular. One path for everything and a function that cleans the value add 3µs, and the limits hold.
 * pino compares the keys of the line itself letter by letter; the hook `streamWrite` looks at each written line once
 * more and finds their other spellings, which costs the line of a request 0.5µs.
 *
 * @example
 * ```ts
 * import { loadSettings, logging, toPino } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ logging }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * const { redact } = toPino(settings.logging);
 * const written = redact.censor({ headers: { Authorization: 'Bearer abc', accept: '*' } }, []);
 * if (JSON.stringify(written) !== '{"headers":{"accept":"*"}}') throw new Error('a key was not left out');
 * ```
 */
export function toPino(settings: LoggingValues): PinoOptions {
  const { level, depthLimit, edgeLimit } = settings;
  const keys = settings.redactKeys.split(',').map((key) => key.toLowerCase());
  const topLevel = new Set(keys.flatMap(spellings));
  const hidden = new Set([...topLevel].map((key) => key.toLowerCase()));
  const limits = { hidden, depthLimit, edgeLimit };
  return {
    level,
    depthLimit,
    edgeLimit,
    redact: {
      // `*` stands for every key the others do not name; for a key of a line pino does not tell which one it is.
      paths: [...[...topLevel].map((key) => `["${key}"]`), '*'],
      censor(value, [key]) {
        if (typeof key === 'string' && hidden.has(key.toLowerCase())) return undefined;
        try {
          return cleanLogValue(value, limits);
        } catch {
          // A getter that throws: the line is written without it, and the caller of the log never sees an error.
          return '[not readable]';
        }
      },
    },
    hooks: { streamWrite: createLineCleaner(hidden) },
  };
}
