import { count } from '../kinds/count.ts';
import { duration } from '../kinds/duration.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

const probes =
  'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes';
const startup =
  'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes';

/** The three probes of Kubernetes: whether to send traffic, whether to restart, and whether the start is over. */
export function healthProbes() {
  return {
    readinessPeriodMs: duration({
      appliesTo: 'kubernetes',
      parameter: 'readinessProbe.periodSeconds',
      default: '5s',
      min: '1s',
      max: '1m',
      owner: serviceOwner,
      reason: 'a failing pod only loses its traffic, so it may be asked often; Kubernetes asks every 10s',
      expect: 'a pod that is not ready gets no request after about 10s',
      rollback: wayBack.undoRollout(),
      source: probes,
    }),
    readinessTimeoutMs: duration({
      appliesTo: 'kubernetes',
      parameter: 'readinessProbe.timeoutSeconds',
      default: '2s',
      min: '1s',
      max: '30s',
      owner: serviceOwner,
      reason: 'a busy process may need more than a second for its answer; Kubernetes waits 1s',
      expect: 'no pod loses its traffic for being busy for a second',
      rollback: wayBack.undoRollout(),
      source: probes,
    }),
    readinessFailures: count({
      appliesTo: 'kubernetes',
      parameter: 'readinessProbe.failureThreshold',
      default: 2,
      min: 1,
      max: 10,
      owner: serviceOwner,
      reason: 'one lost answer proves nothing, two take the traffic away within 10s; Kubernetes waits for 3',
      expect: 'pods do not flap between ready and not ready',
      rollback: wayBack.undoRollout(),
      source: probes,
    }),
    livenessPeriodMs: duration({
      appliesTo: 'kubernetes',
      parameter: 'livenessProbe.periodSeconds',
      default: '10s',
      min: '1s',
      max: '5m',
      owner: serviceOwner,
      reason: 'a failing pod is restarted, so it is asked calmly; the default of Kubernetes, stated',
      expect:
        'a process that hangs is told to end after about 30s, and is restarted once it has, terminationGracePeriodSeconds later at most',
      rollback: wayBack.undoRollout(),
      source: probes,
    }),
    livenessTimeoutMs: duration({
      appliesTo: 'kubernetes',
      parameter: 'livenessProbe.timeoutSeconds',
      default: '2s',
      min: '1s',
      max: '30s',
      owner: serviceOwner,
      reason: 'a busy process is slow and not dead, and a restart would only cost more; Kubernetes waits 1s',
      expect: 'load alone causes no restart',
      rollback: wayBack.undoRollout(),
      source: probes,
    }),
    livenessFailures: count({
      appliesTo: 'kubernetes',
      parameter: 'livenessProbe.failureThreshold',
      default: 3,
      min: 1,
      max: 20,
      owner: serviceOwner,
      reason:
        'three lost answers in a row mean a process that hangs; the probe never asks a dependency, whose outage would restart every pod; the default of Kubernetes, stated',
      expect: 'restarts are rare, and an outage of the database causes none',
      rollback: wayBack.undoRollout(),
      source: probes,
    }),
    startupPeriodMs: duration({
      appliesTo: 'kubernetes',
      parameter: 'startupProbe.periodSeconds',
      default: '10s',
      min: '1s',
      max: '1m',
      owner: serviceOwner,
      reason: 'the other probes wait until this one passes; the default of Kubernetes, stated',
      expect: 'the other probes begin at most about 10s after the service answers',
      rollback: wayBack.undoRollout(),
      source: startup,
    }),
    startupFailures: count({
      appliesTo: 'kubernetes',
      parameter: 'startupProbe.failureThreshold',
      default: 30,
      min: 1,
      max: 300,
      owner: serviceOwner,
      reason:
        '30 times 10s: a cold start or a slow node has 5 minutes before the pod is restarted; without a startup probe, which Kubernetes leaves out, the liveness probe ends a slow start after 30s',
      expect: 'no restart during a start of up to 5 minutes; a pod that never starts is restarted then',
      rollback: wayBack.undoRollout(),
      source: startup,
    }),
  };
}
