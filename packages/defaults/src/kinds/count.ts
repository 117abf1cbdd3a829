import * as z from 'zod/mini';

import { quoteText } from '../declare/quote-text.ts';
import { setting, type Defaulted, type Setting, type SettingTexts } from '../declare/setting.ts';

import { readWith } from './read-with.ts';

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
export function count(
  options: SettingTexts & Defaulted<number> & { readonly min: number; readonly max: number },
): Setting<number> {
  const { min, max, ...texts } = options;
  const schema = z.pipe(
    z.pipe(z.string().check(z.regex(/^[0-9]{1,15}$/)), z.transform(Number)),
    z.number().check(z.minimum(min), z.maximum(max)),
  );
  return setting<number>(
    {
      expected: `a whole number from ${min} to ${max}`,
      read: readWith<number>(schema, (issue, raw) =>
        issue.code === 'too_small' || issue.code === 'too_big'
          ? { code: 'CFG_RANGE', why: `${Number(raw)} is outside ${min} to ${max}` }
          : { code: 'CFG_INVALID', why: 'it is not a whole number written with digits only' },
      ),
      show: String,
      quote: quoteText,
      inherited: true,
      python: { kind: 'Count', type: 'int', options: { minimum: min, maximum: max } },
    },
    texts,
  );
}
