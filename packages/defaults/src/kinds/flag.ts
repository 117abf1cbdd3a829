import type { Reading } from '../declare/kind.ts';
import type { Place } from '../declare/place.ts';
import { quoteText } from '../declare/quote-text.ts';
import { setting, type Defaulted, type Placed, type Texts } from '../declare/setting.ts';

import { refused } from './reading.ts';

const meant = { true: ['true', '1', 'yes', 'on'], false: ['false', '0', 'no', 'off'] } as const;

function read(raw: string): Reading<boolean> {
  if (raw === 'true' || raw === 'false') return { value: raw === 'true' };
  const word = raw.toLowerCase();
  const value = (['true', 'false'] as const).find((each) => meant[each].some((spelling) => spelling === word));
  return refused('it is not one of them', value === undefined ? undefined : { value });
}

/**
 * On or off, written `true` or `false` and nothing else.
 *
 * `0`, `no` and `off` are refused rather than read: elsewhere `"false"` has been taken for true.
 *
 * @example
 * ```ts
 * import { defineDefaults, flag, loadSettings } from '@seaworthy/defaults';
 * const mail = defineDefaults('mail', 'MAIL_', {
 *   send: flag({
 *     env: 'MAIL_SEND', default: true, in: { test: false }, owner: 'team-mail',
 *     reason: 'tests must not send mail', expect: 'no mail leaves a test', rollback: 'unset MAIL_SEND',
 *   }),
 * });
 * const { settings } = loadSettings({ mail }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-mail' });
 * if (settings.mail.send) throw new Error('expected the default of the stage');
 * ```
 */
export function flag<P extends Place>(options: P & Texts & Defaulted<boolean>): Placed<boolean, P> {
  return setting<boolean, P>(
    {
      name: 'flag',
      expected: 'one of true, false',
      read,
      show: String,
      quote: quoteText,
      inherited: true,
      jsonSchema: { type: 'string', enum: ['true', 'false'] },
      python: { kind: 'Flag', type: 'bool', options: {} },
    },
    options,
  );
}
