import { defineDefaults } from '../declare/define-defaults.ts';
import { lazyGroup } from '../declare/lazy-group.ts';

import { healthChecks } from './health-checks.ts';
import { healthProbes } from './health-probes.ts';

function healthSettings() {
  return { ...healthChecks(), ...healthProbes() };
}

/**
 * How a service checks what it depends on, and how the cluster asks whether the service itself is well.
 *
 * @example
 * ```ts
 * import { health, loadSettings } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ health }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (settings.health.checkTimeoutMs >= settings.health.checkIntervalMs) throw new Error('checks would overlap');
 * ```
 */
export const health = /* @__PURE__ */ lazyGroup(() =>
  defineDefaults('health', 'HEALTH_', healthSettings(), [
    {
      says: 'checkTimeout shorter than the time-out of the readiness probe',
      left: 'checkTimeoutMs',
      relation: '<',
      right: 'readinessTimeoutMs',
      fix: 'lower HEALTH_CHECK_TIMEOUT, or the probe ends before the check can answer',
    },
    {
      says: 'checkTimeout shorter than checkInterval',
      left: 'checkTimeoutMs',
      relation: '<',
      right: 'checkIntervalMs',
      fix: 'lower HEALTH_CHECK_TIMEOUT, or raise HEALTH_CHECK_INTERVAL',
    },
  ]),
);
