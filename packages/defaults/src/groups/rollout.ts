import { defineDefaults } from '../declare/define-defaults.ts';
import { lazyGroup } from '../declare/lazy-group.ts';
import { count } from '../kinds/count.ts';
import { duration } from '../kinds/duration.ts';
import { ratio } from '../kinds/ratio.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

const deployment = 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/';
const termination = 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination';

function rolloutSettings() {
  return {
    preStopMs: duration({
      appliesTo: 'kubernetes',
      parameter: 'lifecycle.preStop.sleep.seconds',
      default: '10s',
      min: '1s',
      max: '5m',
      owner: serviceOwner,
      reason:
        'a pod that ends keeps serving until every balancer knows, which takes up to 10s, in large clusters 30s; Kubernetes sends SIGTERM at once; needs Kubernetes 1.30',
      expect: 'a rollout under load fails no request',
      rollback: wayBack.undoRollout(),
      source: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/',
    }),
    terminationGraceMs: duration({
      appliesTo: 'kubernetes',
      parameter: 'terminationGracePeriodSeconds',
      default: '55s',
      min: '5s',
      max: '1h',
      owner: serviceOwner,
      reason:
        '10s of preStop, 30s of HTTP_DRAIN_TIMEOUT and 15s to spare, then SIGKILL: it counts from before preStop; Kubernetes has 30s',
      expect: 'pods end with exit code 0, and none with 137',
      rollback: wayBack.undoRollout(),
      source: termination,
    }),
    maxUnavailable: count({
      appliesTo: 'kubernetes',
      parameter: 'strategy.rollingUpdate.maxUnavailable',
      default: 0,
      min: 0,
      max: 100,
      owner: serviceOwner,
      reason: 'an old pod ends only after a new one is ready, so a rollout costs no capacity; Kubernetes gives up 25%',
      expect: 'the number of ready pods never falls during a rollout',
      rollback: wayBack.applyOldManifest(),
      source: `${deployment}#max-unavailable`,
    }),
    maxSurge: ratio({
      appliesTo: 'kubernetes',
      parameter: 'strategy.rollingUpdate.maxSurge',
      default: 0.25,
      min: 0,
      max: 1,
      owner: serviceOwner,
      reason:
        'a quarter more pods at once, rounded up; they need room in the cluster and connections of the database; the default of Kubernetes (25%), stated',
      expect: 'a rollout takes about four steps, and no new pod waits for room in the cluster',
      rollback: wayBack.applyOldManifest(),
      source: `${deployment}#max-surge`,
    }),
    minReadyMs: duration({
      appliesTo: 'kubernetes',
      parameter: 'minReadySeconds',
      default: '30s',
      min: '1s',
      max: '1h',
      owner: serviceOwner,
      reason:
        'a pod that crashes soon after it was ready stops the rollout instead of being followed by the next; Kubernetes waits 0s',
      expect: 'a release whose pods crash in their first 30s of traffic replaces no pod of the release before',
      rollback: wayBack.applyOldManifest(),
      source: `${deployment}#min-ready-seconds`,
    }),
    progressDeadlineMs: duration({
      appliesTo: 'kubernetes',
      parameter: 'progressDeadlineSeconds',
      default: '10m',
      min: '1m',
      max: '6h',
      owner: serviceOwner,
      reason:
        'a rollout without progress for so long is reported as failed, and nothing is undone by itself; longer than minReadySeconds; the default of Kubernetes, stated',
      expect: 'kubectl rollout status deployment/NAME ends with exit code 1 about 10 minutes after a rollout got stuck',
      rollback: wayBack.applyOldManifest(),
      source: `${deployment}#progress-deadline-seconds`,
    }),
    revisionHistoryLimit: count({
      appliesTo: 'kubernetes',
      parameter: 'revisionHistoryLimit',
      default: 10,
      min: 1,
      max: 100,
      owner: serviceOwner,
      reason: 'how many releases a rollout can be undone to; 0 would leave none; the default of Kubernetes, stated',
      expect: 'kubectl rollout history deployment/NAME lists the last releases',
      rollback: `${wayBack.applyOldManifest()}; releases that a smaller number deleted do not come back`,
      source: `${deployment}#revision-history-limit`,
    }),
    bakeTimeMs: duration({
      appliesTo: 'pipeline',
      parameter: 'bake time',
      default: '15m',
      min: '1m',
      max: '24h',
      owner: serviceOwner,
      reason:
        'how long the first instance runs a release before the rest gets it: leaks and slow errors need minutes to show; pipelines go on at once',
      expect: 'a release that raises an alarm within these 15 minutes is taken back before most users saw it',
      rollback:
        'set it back in the pipeline; kubectl rollout undo deployment/NAME, where NAME is the Deployment of the service, takes back a release that is under way',
      source:
        'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_tracking_change_management_automated_changemgmt.html',
    }),
  };
}

/**
 * How a release replaces the one before: what the cluster does and the process never reads.
 *
 * Nothing here is loaded; it stands in the documents, and `HTTP_DRAIN_TIMEOUT` is checked against it.
 *
 * @example
 * ```ts
 * import { rollout } from '@seaworthy/defaults';
 * const { appliesTo, parameter, written } = rollout.settings.terminationGraceMs;
 * if (`${appliesTo} ${parameter} ${written.default}` !== 'kubernetes terminationGracePeriodSeconds 55s') throw new Error();
 * ```
 */
export const rollout = /* @__PURE__ */ lazyGroup(() =>
  defineDefaults('rollout', 'ROLLOUT_', rolloutSettings(), [
    {
      says: 'preStop and the drainTimeout of httpServer together shorter than terminationGrace',
      left: { sum: ['preStopMs', 'httpServer.drainTimeoutMs'] },
      relation: '<',
      right: 'terminationGraceMs',
      fix: 'lower HTTP_DRAIN_TIMEOUT, or raise terminationGracePeriodSeconds: SIGKILL would end requests in flight',
    },
    {
      says: 'minReady shorter than progressDeadline',
      left: 'minReadyMs',
      relation: '<',
      right: 'progressDeadlineMs',
      fix: 'lower minReadySeconds, or raise progressDeadlineSeconds: no rollout could succeed',
    },
  ]),
);
