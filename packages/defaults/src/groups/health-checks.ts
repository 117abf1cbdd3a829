import { count } from '../kinds/count.ts';
import { duration } from '../kinds/duration.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

/** The checks a service runs in the background: of its database, its cache, its callees. */
export function healthChecks() {
  return {
    checkTimeoutMs: duration({
      env: 'HEALTH_CHECK_TIMEOUT',
      default: '500ms',
      min: '10ms',
      max: '30s',
      owner: serviceOwner,
      reason:
        'a dependency that needs longer is not well; it fits into the 2s of the readiness probe; most libraries let a check hang for ever',
      expect: 'checks pass while the dependency is well, and one that hangs is reported within about 10s',
      rollback: wayBack.unsetTogether('HEALTH_CHECK_TIMEOUT'),
      source: 'https://aws.amazon.com/builders-library/implementing-health-checks/',
    }),
    checkIntervalMs: duration({
      env: 'HEALTH_CHECK_INTERVAL',
      default: '5s',
      min: '1s',
      max: '5m',
      owner: serviceOwner,
      reason:
        'checks run this often in the background and probes read the last result, so that many probes are not load for a dependency',
      expect: 'a dependency sees one check every 5s from each process, however many probes arrive',
      rollback: wayBack.unsetTogether('HEALTH_CHECK_INTERVAL'),
      source: 'https://aws.amazon.com/builders-library/implementing-health-checks/',
    }),
    checkFailAfter: count({
      env: 'HEALTH_CHECK_FAIL_AFTER',
      default: 2,
      min: 1,
      max: 10,
      owner: serviceOwner,
      reason: 'one failed check may be a lost packet: two in a row are an outage, which is then known within 10s',
      expect: 'the status does not flicker, and an outage shows within about 10s',
      rollback: wayBack.unset('HEALTH_CHECK_FAIL_AFTER'),
      source: 'https://aws.amazon.com/builders-library/implementing-health-checks/',
    }),
  };
}
