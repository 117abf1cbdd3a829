import type { Reading } from '../declare/kind.ts';
import type { Place } from '../declare/place.ts';
import { maskUserInfo, quoteText } from '../declare/quote-text.ts';
import { setting, type Defaulted, type Placed, type Texts } from '../declare/setting.ts';

import { refused } from './reading.ts';

const printable = '[\\x21-\\x7e]{1,200}';

export interface TextPattern {
  /** @default any text of its kind */
  readonly pattern?: string;
  /** @default what is true of every text of its kind */
  readonly expected?: string;
}

/**
 * A short word of printable ASCII characters without spaces: a host, a release, an identifier.
 *
 * `pattern` narrows it further: the source of a regular expression that the whole text must match, in the syntax that
 * JavaScript, Python and JSON Schema share; `expected` says the same in words.
 *
 * @example
 * ```ts
 * import { defineDefaults, loadSettings, text } from '@seaworthy/defaults';
 * const app = defineDefaults('app', 'APP_', {
 *   region: text({
 *     env: 'APP_REGION', default: 'eu-1', owner: 'team-app',
 *     reason: 'customers are in Europe', expect: 'answers in 50ms', rollback: 'unset APP_REGION',
 *   }),
 * });
 * const { settings } = loadSettings({ app }, { env: { DEPLOY_ENVIRONMENT: 'test', APP_REGION: 'eu-2' }, owner: 'team-app' });
 * if (settings.app.region !== 'eu-2') throw new Error('expected the value of the environment');
 * ```
 */
export function text<P extends Place>(options: P & Texts & Defaulted<string> & TextPattern): Placed<string, P> {
  const { pattern, expected = '1 to 200 printable characters without spaces', ...texts } = options;
  const source = pattern === undefined ? `^${printable}$` : `^(?=${printable}$)(?:${pattern})$`;
  const accepted = new RegExp(source);
  const characters = new RegExp(`^${printable}$`);
  function read(raw: string): Reading<string> {
    if (accepted.test(raw)) return { value: raw };
    const form = characters.test(raw);
    return refused(form ? 'it is not of this form' : 'it has a character that is not allowed, or is too long');
  }
  return setting<string, P>(
    {
      name: 'text',
      expected,
      read,
      show: maskUserInfo,
      quote: quoteText,
      inherited: true,
      jsonSchema: { type: 'string', pattern: source },
      python: { kind: 'Text', type: 'str', options: pattern === undefined ? {} : { pattern, description: expected } },
    },
    texts as unknown as P & Texts & Defaulted<string>,
  );
}
