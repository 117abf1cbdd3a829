import type { Reading } from '../declare/kind.ts';
import type { Place } from '../declare/place.ts';
import { quoteText } from '../declare/quote-text.ts';
import { setting, type Defaulted, type Placed, type Texts } from '../declare/setting.ts';

import { readDigits } from './read-digits.ts';
import { checkLimits, refused, within, type Limits } from './reading.ts';
import { withoutLimits } from './without-limits.ts';

/**
 * A whole number without a unit.
 *
 * Digits only: `1e3`, `0x10`, `+5`, `5_000` and `5s` are refused.
 *
 * @example
 * ```ts
 * import { count, defineDefaults, loadSettings } from '@seaworthy/defaults';
 * const queue = defineDefaults('queue', 'QUEUE_', {
 *   concurrency: count({
 *     env: 'QUEUE_CONCURRENCY', default: 10, min: 1, max: 100, owner: 'team-jobs',
 *     reason: 'the pool has 10 connections', expect: 'no job waits for a connection', rollback: 'unset QUEUE_CONCURRENCY',
 *   }),
 * });
 * const { settings } = loadSettings({ queue }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-jobs' });
 * if (settings.queue.concurrency !== 10) throw new Error('expected the default');
 * ```
 */
export function count<P extends Place>(options: P & Texts & Defaulted<number> & Limits): Placed<number, P> {
  const { min, max } = checkLimits(options, `${options.min} and ${options.max}`);
  function read(raw: string): Reading<number> {
    const digits = readDigits(raw);
    if (digits === undefined) return refused('it is not a whole number written with digits only');
    return 'refused' in digits ? digits : within(digits.value, raw, { min, max });
  }
  return setting<number, P>(
    {
      name: 'count',
      expected: `a whole number from ${min} to ${max}`,
      read,
      show: String,
      quote: quoteText,
      inherited: true,
      jsonSchema: { type: 'string', pattern: '^(0|[1-9][0-9]{0,14})$', 'x-minimum': min, 'x-maximum': max },
      python: { kind: 'Count', type: 'int', options: { minimum: min, maximum: max } },
    },
    withoutLimits(options),
  );
}
