import { setting, type Defaulted, type Setting, type SettingTexts } from '../declare/setting.ts';

import { quantity, type QuantityRange } from './quantity.ts';

const units = [
  { name: 'ms', size: 1 },
  { name: 's', size: 1_000 },
  { name: 'm', size: 60_000 },
  { name: 'h', size: 3_600_000 },
];

/**
 * A length of time, loaded in milliseconds.
 *
 * A number without its unit is refused: `5` could be 5ms or 5s.
 *
 * @example
 * ```ts
 * import { defineDefaults, duration, loadSettings } from '@seaworthy/defaults';
 * const mail = defineDefaults('mail', 'MAIL_', {
 *   timeoutMs: duration({
 *     env: 'MAIL_TIMEOUT', default: '2s', min: '100ms', max: '30s', owner: 'team-mail',
 *     reason: 'the provider answers in 300ms', expect: 'no request waits longer for mail', rollback: 'unset MAIL_TIMEOUT',
 *   }),
 * });
 * const { settings } = loadSettings({ mail }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-mail' });
 * if (settings.mail.timeoutMs !== 2_000) throw new Error('expected milliseconds');
 * ```
 */
export function duration(options: SettingTexts & Defaulted<string> & QuantityRange): Setting<number> {
  const { min, max, ...texts } = options;
  const words = { noun: 'duration', example: texts.default ?? min, pythonKind: 'Duration' };
  return setting(quantity(units, words, { min, max }), texts);
}
