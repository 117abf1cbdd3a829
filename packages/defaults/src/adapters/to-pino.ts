import type { Values } from '../declare/group.ts';
import type { logging } from '../groups/logging.ts';

/** The options of `pino` that these settings decide. */
export type PinoOptions = Values<(typeof logging)['settings']>;

/**
 * Turns loaded settings into the options of `pino`.
 *
 * @example
 * ```ts
 * import { loadSettings, logging, toPino } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ logging }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (toPino(settings.logging).depthLimit !== 5) throw new Error('expected the default');
 * ```
 */
export function toPino({ level, depthLimit, edgeLimit }: PinoOptions): PinoOptions {
  return { level, depthLimit, edgeLimit };
}
