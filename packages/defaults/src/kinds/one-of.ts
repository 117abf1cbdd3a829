import * as z from 'zod/mini';

import type { Reading } from '../declare/kind.ts';
import { quoteText } from '../declare/quote-text.ts';
import { nearest } from '../declare/nearest.ts';
import { setting, type Defaulted, type Setting, type SettingTexts } from '../declare/setting.ts';

import { readWith } from './read-with.ts';

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
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
  options: SettingTexts & Defaulted<Words[number]>,
): Setting<Words[number]> {
  const parse = readWith<Words[number]>(z.enum(words), () => ({
    code: 'CFG_INVALID',
    why: 'it is not one of them',
  }));
  function read(raw: string): Reading<Words[number]> {
    const reading = parse(raw);
    const near = nearest(raw, words);
    return 'value' in reading || near === undefined
      ? reading
      : { refused: { ...reading.refused, fix: { value: near } } };
  }
  return setting<Words[number]>(
    {
      expected: `one of ${words.join(', ')}`,
      read,
      show: (word) => word,
      quote: quoteText,
      inherited: true,
      python: {
        kind: 'OneOf',
        type: `Literal[${words.map((word) => JSON.stringify(word)).join(', ')}]`,
        options: { words },
      },
    },
    options,
  );
}
