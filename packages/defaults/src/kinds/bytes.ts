import type { Place } from '../declare/place.ts';
import { setting, type Defaulted, type Placed, type Texts } from '../declare/setting.ts';

import { quantity, type QuantityRange } from './quantity.ts';
import { withoutLimits } from './without-limits.ts';

const units = [
  { name: 'B', size: 1 },
  { name: 'KiB', size: 1_024 },
  { name: 'MiB', size: 1_048_576 },
  { name: 'GiB', size: 1_073_741_824 },
] as const;

/**
 * An amount of memory or storage, loaded in bytes.
 *
 * Units are the binary ones (`KiB` is 1024 bytes); `KB` and a bare number are refused.
 *
 * @example
 * ```ts
 * import { bytes, defineDefaults, loadSettings } from '@seaworthy/defaults';
 * const upload = defineDefaults('upload', 'UPLOAD_', {
 *   limitBytes: bytes({
 *     env: 'UPLOAD_LIMIT', default: '1MiB', min: '1KiB', max: '50MiB', owner: 'team-files',
 *     reason: 'memory per request', expect: 'larger files get 413', rollback: 'unset UPLOAD_LIMIT',
 *   }),
 * });
 * const { settings } = loadSettings({ upload }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-files' });
 * if (settings.upload.limitBytes !== 1_048_576) throw new Error('expected bytes');
 * ```
 */
export function bytes<P extends Place>(options: P & Texts & Defaulted<string> & QuantityRange): Placed<number, P> {
  const { min, max } = options;
  const words = {
    name: 'bytes',
    noun: 'size',
    unit: 'bytes',
    example: options.default ?? min,
    pythonKind: 'Bytes',
  } as const;
  return setting(quantity(units, words, { min, max }), withoutLimits(options));
}
