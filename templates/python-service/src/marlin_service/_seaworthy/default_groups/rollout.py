"""Shipped settings with their production defaults. Generated; do not edit."""

from typing import ClassVar

from ...service import SERVICE_OWNER
from ..quantity_kinds import Count, Duration, Ratio
from ..setting import Setting
from ..settings_group import SettingsGroup
from ..settings_rule import Rule, Sum


class Rollout(SettingsGroup):
    """The settings of the group rollout."""

    label = "rollout"

    platform: ClassVar[dict[str, Setting]] = {
        "pre_stop_ms": Duration(
            applies_to="kubernetes",
            parameter="lifecycle.preStop.sleep.seconds",
            default="10s",
            minimum="1s",
            maximum="5m",
            owner=SERVICE_OWNER,
            reason="a pod that ends keeps serving until every balancer knows, which takes up to 10s, in large clusters 30s; Kubernetes sends SIGTERM at once; needs Kubernetes 1.30",
            expect="a rollout under load fails no request",
            rollback="kubectl rollout undo deployment/NAME, where NAME is the Deployment of the service, takes back the whole last revision; if the value is older, and so that the next apply does not bring it back, revert the manifest and run kubectl apply -f with it",
            source="https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/",
        ),
        "termination_grace_ms": Duration(
            applies_to="kubernetes",
            parameter="terminationGracePeriodSeconds",
            default="55s",
            minimum="5s",
            maximum="1h",
            owner=SERVICE_OWNER,
            reason="10s of preStop, 30s of HTTP_DRAIN_TIMEOUT and 15s to spare, then SIGKILL: it counts from before preStop; Kubernetes has 30s",
            expect="pods end with exit code 0, and none with 137",
            rollback="kubectl rollout undo deployment/NAME, where NAME is the Deployment of the service, takes back the whole last revision; if the value is older, and so that the next apply does not bring it back, revert the manifest and run kubectl apply -f with it",
            source="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
        ),
        "max_unavailable": Count(
            applies_to="kubernetes",
            parameter="strategy.rollingUpdate.maxUnavailable",
            default="0",
            minimum=0,
            maximum=100,
            owner=SERVICE_OWNER,
            reason="an old pod ends only after a new one is ready, so a rollout costs no capacity; Kubernetes gives up 25%",
            expect="the number of ready pods never falls during a rollout",
            rollback="revert the manifest and run kubectl apply -f with it, which restarts no pod; undoing the rollout would bring back the pods, not this field",
            source="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable",
        ),
        "max_surge": Ratio(
            applies_to="kubernetes",
            parameter="strategy.rollingUpdate.maxSurge",
            default="0.25",
            minimum="0",
            maximum="1",
            owner=SERVICE_OWNER,
            reason="a quarter more pods at once, rounded up; they need room in the cluster and connections of the database; the default of Kubernetes (25%), stated",
            expect="a rollout takes about four steps, and no new pod waits for room in the cluster",
            rollback="revert the manifest and run kubectl apply -f with it, which restarts no pod; undoing the rollout would bring back the pods, not this field",
            source="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge",
        ),
        "min_ready_ms": Duration(
            applies_to="kubernetes",
            parameter="minReadySeconds",
            default="30s",
            minimum="1s",
            maximum="1h",
            owner=SERVICE_OWNER,
            reason="a pod that crashes soon after it was ready stops the rollout instead of being followed by the next; Kubernetes waits 0s",
            expect="a release whose pods crash in their first 30s of traffic replaces no pod of the release before",
            rollback="revert the manifest and run kubectl apply -f with it, which restarts no pod; undoing the rollout would bring back the pods, not this field",
            source="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#min-ready-seconds",
        ),
        "progress_deadline_ms": Duration(
            applies_to="kubernetes",
            parameter="progressDeadlineSeconds",
            default="10m",
            minimum="1m",
            maximum="6h",
            owner=SERVICE_OWNER,
            reason="a rollout without progress for so long is reported as failed, and nothing is undone by itself; longer than minReadySeconds; the default of Kubernetes, stated",
            expect="kubectl rollout status deployment/NAME ends with exit code 1 about 10 minutes after a rollout got stuck",
            rollback="revert the manifest and run kubectl apply -f with it, which restarts no pod; undoing the rollout would bring back the pods, not this field",
            source="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds",
        ),
        "revision_history_limit": Count(
            applies_to="kubernetes",
            parameter="revisionHistoryLimit",
            default="10",
            minimum=1,
            maximum=100,
            owner=SERVICE_OWNER,
            reason="how many releases a rollout can be undone to; 0 would leave none; the default of Kubernetes, stated",
            expect="kubectl rollout history deployment/NAME lists the last releases",
            rollback="revert the manifest and run kubectl apply -f with it, which restarts no pod; undoing the rollout would bring back the pods, not this field; releases that a smaller number deleted do not come back",
            source="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#revision-history-limit",
        ),
        "bake_time_ms": Duration(
            applies_to="pipeline",
            parameter="bake time",
            default="15m",
            minimum="1m",
            maximum="24h",
            owner=SERVICE_OWNER,
            reason="how long the first instance runs a release before the rest gets it: leaks and slow errors need minutes to show; pipelines go on at once",
            expect="a release that raises an alarm within these 15 minutes is taken back before most users saw it",
            rollback="set it back in the pipeline; kubectl rollout undo deployment/NAME, where NAME is the Deployment of the service, takes back a release that is under way",
            source="https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_tracking_change_management_automated_changemgmt.html",
        ),
    }

    rules = (
        Rule(
            says="preStop and the drainTimeout of httpServer together shorter than terminationGrace",
            left=Sum("pre_stop_ms", "httpServer.drainTimeoutMs"),
            relation="<",
            right="termination_grace_ms",
            fix="lower HTTP_DRAIN_TIMEOUT, or raise terminationGracePeriodSeconds: SIGKILL would end requests in flight",
        ),
        Rule(
            says="minReady shorter than progressDeadline",
            left="min_ready_ms",
            relation="<",
            right="progress_deadline_ms",
            fix="lower minReadySeconds, or raise progressDeadlineSeconds: no rollout could succeed",
        ),
    )
