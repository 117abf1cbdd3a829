import type { Reading } from '../declare/kind.ts';
import { nearest } from '../declare/nearest.ts';
import type { Place } from '../declare/place.ts';
import { quoteText } from '../declare/quote-text.ts';
import { setting, type Defaulted, type Placed, type Texts } from '../declare/setting.ts';

import { refused } from './reading.ts';

/**
 * One of a few words.
 *
 * A near miss is named in the error: `warning` is answered with `warn`.
 *
 * @example
 * ```ts
 * import { defineDefaults, loadSettings, oneOf } from '@seaworthy/defaults';
 * const mail = defineDefaults('mail', 'MAIL_', {
 *   mode: oneOf(['send', 'drop'], {
 *     env: 'MAIL_MODE', default: 'send', in: { test: 'drop' }, owner: 'team-mail',
 *     reason: 'tests must not send mail', expect: 'no mail leaves a test', rollback: 'unset MAIL_MODE',
 *   }),
 * });
 * const { settings } = loadSettings({ mail }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-mail' });
 * if (settings.mail.mode !== 'drop') throw new Error('expected the default of the stage');
 * ```
 */
export function oneOf<const Words extends readonly [string, ...string[]], P extends Place>(
  words: Words,
  options: P & Texts & Defaulted<Words[number]>,
): Placed<Words[number], P> {
  function read(raw: string): Reading<Words[number]> {
    const value = words.find((word) => word === raw);
    if (value !== undefined) return { value };
    const near = nearest(raw, words);
    return refused('it is not one of them', near === undefined ? undefined : { value: near });
  }
  return setting<Words[number], P>(
    {
      name: 'oneOf',
      expected: `one of ${words.join(', ')}`,
      read,
      show: (word) => word,
      quote: quoteText,
      inherited: true,
      jsonSchema: { type: 'string', enum: words },
      python: {
        kind: 'OneOf',
        type: `Literal[${words.map((word) => JSON.stringify(word)).join(', ')}]`,
        options: { words },
      },
    },
    options,
  );
}
