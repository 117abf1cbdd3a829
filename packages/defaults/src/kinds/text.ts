import * as z from 'zod/mini';

import { quoteText } from '../declare/quote-text.ts';
import { setting, type Defaulted, type Setting, type SettingTexts } from '../declare/setting.ts';

import { readWith } from './read-with.ts';

/**
 * A short word of printable ASCII characters without spaces: a host, a release, an identifier.
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
export function text(options: SettingTexts & Defaulted<string>): Setting<string> {
  return setting(
    {
      expected: '1 to 200 printable characters without spaces',
      read: readWith<string>(z.string().check(z.regex(/^[\x21-\x7e]{1,200}$/)), () => ({
        code: 'CFG_INVALID',
        why: 'it has a character that is not allowed, or is too long',
      })),
      show: (value) => value,
      quote: quoteText,
      inherited: true,
      python: { kind: 'Text', type: 'str', options: {} },
    },
    options,
  );
}
