import type { Reading } from '../declare/kind.ts';
import type { InEnvironment } from '../declare/place.ts';
import { setting, type Defaulted, type EnvSetting, type Texts } from '../declare/setting.ts';

import { outside, refused } from './reading.ts';

// `inspect.custom`, without loading node:util into every process.
const inspect = Symbol.for('nodejs.util.inspect.custom');

const longest = 65_536;
// A line break that a shell or a store added makes every later login fail.
const inner = /^(?![ \t\r\n\f\v])[^]*(?<![ \t\r\n\f\v])$/;

/**
 * A value that every printer shows as `[secret]`; only `reveal()` gives it away.
 *
 * @example
 * ```ts
 * import { Secret } from '@seaworthy/defaults';
 * const token = new Secret('correct horse battery');
 * if (`${token}${JSON.stringify({ token })}`.includes('horse')) throw new Error('it leaked');
 * if (token.reveal() !== 'correct horse battery') throw new Error('it was lost');
 * ```
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    Object.freeze(this);
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect](): string {
    return '[secret]';
  }
}

/**
 * A secret: without a default outside development and test, never inherited, never printed.
 *
 * `APP_TOKEN_FILE` may name a file that holds it, as secret stores mount them; one line break at its end is dropped.
 *
 * @example
 * ```ts
 * import { defineDefaults, loadSettings, secret } from '@seaworthy/defaults';
 * const app = defineDefaults('app', 'APP_', {
 *   token: secret({
 *     env: 'APP_TOKEN', minLength: 16, owner: 'team-app',
 *     reason: 'the page names dependencies', expect: 'strangers get 401', rollback: 'restore the previous token',
 *   }),
 * });
 * const env = { DEPLOY_ENVIRONMENT: 'test', APP_TOKEN: 'correct horse battery' };
 * const { settings } = loadSettings({ app }, { env, owner: 'team-app' });
 * if (String(settings.app.token) !== '[secret]') throw new Error('it leaked');
 * ```
 */
export function secret(
  options: InEnvironment & Texts & Pick<Defaulted<string>, 'in'> & { readonly minLength: number },
): EnvSetting<Secret> {
  const { minLength, ...texts } = options;
  const advice = (what: string) => ({ advice: `set ${texts.env} to ${what}` });
  function read(raw: string): Reading<Secret> {
    // Characters as Python and JSON Schema count them, not code units.
    const { length } = Array.from(raw);
    if (length < minLength) return outside('it is too short', advice('a longer value'));
    if (length > longest) return outside('it is too long', advice('a shorter value'));
    // What was no UTF-8 in the environment arrives as this character, and the secret is another one.
    if (raw.includes('\u{FFFD}')) return refused('it has bytes that are no UTF-8 text', advice('text'));
    if (raw.includes('\0')) return refused('it has a NUL character', advice('text'));
    return inner.test(raw)
      ? { value: new Secret(raw) }
      : refused('white space stands around it', advice('the same without white space around it'));
  }
  return setting(
    {
      name: 'secret',
      expected: `a secret of at least ${minLength} characters`,
      read,
      show: () => '[secret]',
      quote: () => 'a secret (never shown)',
      inherited: false,
      jsonSchema: { type: 'string', minLength, maxLength: longest, writeOnly: true },
      python: { kind: 'SecretText', type: 'SecretStr', options: { min_length: minLength } },
    },
    texts,
  );
}
