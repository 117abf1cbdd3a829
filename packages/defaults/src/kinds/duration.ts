import type { Place } from '../declare/place.ts';
import { setting, type Defaulted, type Placed, type Texts } from '../declare/setting.ts';

import { quantity, type QuantityRange } from './quantity.ts';
import { withoutLimits } from './without-limits.ts';

const units = [
  { name: 'ms', size: 1 },
  { name: 's', size: 1_000 },
  { name: 'm', size: 60_000 },
  { name: 'h', size: 3_600_000 },
] as const;

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
export function duration<P extends Place>(options: P & Texts & Defaulted<string> & QuantityRange): Placed<number, P> {
  const { min, max } = options;
  const words = {
    name: 'duration',
    noun: 'duration',
    unit: 'milliseconds',
    example: options.default ?? min,
    pythonKind: 'Duration',
  } as const;
  return setting(quantity(units, words, { min, max }), withoutLimits(options));
}
