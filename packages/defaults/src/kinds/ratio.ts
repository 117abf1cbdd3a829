import type { Reading } from '../declare/kind.ts';
import type { Place } from '../declare/place.ts';
import { quoteText } from '../declare/quote-text.ts';
import { setting, type Defaulted, type Placed, type Texts } from '../declare/setting.ts';

import { checkLimits, refused, within, type Limits } from './reading.ts';
import { withoutLimits } from './without-limits.ts';

const decimal = /^(0(\.[0-9]{1,6})?|1(\.0{1,6})?)$/;

/** `10%` is one slip away from `0.1`. */
function percentAsRatio(raw: string): string | undefined {
  const [, digits] = /^([0-9]{1,2}|100)%$/.exec(raw) ?? [];
  return digits === undefined ? undefined : String(Number(digits) / 100);
}

/**
 * A share from 0 to 1, written as a decimal with at most six places.
 *
 * A percentage is refused: `10%` and `10` could both mean 0.1.
 *
 * @example
 * ```ts
 * import { defineDefaults, loadSettings, ratio } from '@seaworthy/defaults';
 * const calls = defineDefaults('calls', 'CALLS_', {
 *   retryBudget: ratio({
 *     env: 'CALLS_RETRY_BUDGET', default: 0.1, min: 0, max: 1, owner: 'team-app',
 *     reason: 'retries must not double the load', expect: 'at most one retry for ten calls', rollback: 'unset CALLS_RETRY_BUDGET',
 *   }),
 * });
 * const { settings } = loadSettings({ calls }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-app' });
 * if (settings.calls.retryBudget !== 0.1) throw new Error('expected a share');
 * ```
 */
export function ratio<P extends Place>(options: P & Texts & Defaulted<number> & Limits): Placed<number, P> {
  const { min, max } = checkLimits(options, `${options.min} and ${options.max}`);
  function read(raw: string): Reading<number> {
    if (decimal.test(raw)) return within(Number(raw), raw, { min, max });
    const value = percentAsRatio(raw);
    const fits = value !== undefined && 'value' in within(Number(value), value, { min, max });
    return refused('it is not a decimal from 0 to 1 with at most six places', fits ? { value } : undefined);
  }
  return setting<number, P>(
    {
      name: 'ratio',
      expected: `a ratio from ${min} to ${max}, such as ${options.default ?? min}`,
      read,
      show: String,
      quote: quoteText,
      inherited: true,
      jsonSchema: { type: 'string', pattern: decimal.source, 'x-minimum': min, 'x-maximum': max },
      python: { kind: 'Ratio', type: 'float', options: { minimum: String(min), maximum: String(max) } },
    },
    withoutLimits(options),
  );
}
