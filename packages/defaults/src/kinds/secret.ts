import { inspect } from 'node:util';

import * as z from 'zod/mini';

import { setting, type Defaulted, type Setting, type SettingTexts } from '../declare/setting.ts';

import { readWith } from './read-with.ts';

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

  [inspect.custom](): string {
    return '[secret]';
  }
}

/**
 * A secret: without a default outside development and test, never inherited, never printed.
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
  options: SettingTexts & Pick<Defaulted<string>, 'in'> & { readonly minLength: number },
): Setting<Secret> {
  const { minLength, ...texts } = options;
  const schema = z.pipe(
    z.string().check(z.minLength(minLength)),
    z.transform((raw: string) => new Secret(raw)),
  );
  return setting(
    {
      expected: `a secret of at least ${minLength} characters`,
      read: readWith<Secret>(schema, () => ({
        code: 'CFG_RANGE',
        why: 'it is too short',
        fix: { advice: `set ${texts.env} to a longer value` },
      })),
      show: () => '[secret]',
      quote: () => 'a secret (never shown)',
      inherited: false,
      python: { kind: 'SecretText', type: 'SecretStr', options: { min_length: minLength } },
    },
    texts,
  );
}
