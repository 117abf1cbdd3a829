import type { Values } from '../declare/group.ts';
import type { health } from '../groups/health.ts';

type HealthValues = Values<(typeof health)['settings']>;

/** The options of one background check of `@seaworthy/healthcheck` that these settings decide. */
export interface HealthCheckOptions {
  readonly timeoutMs: number;
  readonly everyMs: number;
  readonly failAfter: number;
}

/**
 * Turns loaded settings into the options of one background check of `@seaworthy/healthcheck`.
 *
 * @example
 * ```ts
 * import { health, loadSettings, toHealthCheck } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ health }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * const database = { run: () => true, ...toHealthCheck(settings.health) };
 * if (database.everyMs !== 5_000) throw new Error('expected milliseconds');
 * ```
 */
export function toHealthCheck(settings: HealthValues): HealthCheckOptions {
  return {
    timeoutMs: settings.checkTimeoutMs,
    everyMs: settings.checkIntervalMs,
    failAfter: settings.checkFailAfter,
  };
}
