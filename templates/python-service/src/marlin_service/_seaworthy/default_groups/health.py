"""Shipped settings with their production defaults. Generated; do not edit."""

from typing import Annotated, ClassVar

from ...service import SERVICE_OWNER
from ..quantity_kinds import Count, Duration
from ..setting import Setting
from ..settings_group import SettingsGroup
from ..settings_rule import Rule


class Health(SettingsGroup):
    """The settings of the group health."""

    label = "health"

    check_timeout_ms: Annotated[
        int,
        Duration(
            env="HEALTH_CHECK_TIMEOUT",
            default="500ms",
            minimum="10ms",
            maximum="30s",
            owner=SERVICE_OWNER,
            reason="a dependency that needs longer is not well; it fits into the 2s of the readiness probe; most libraries let a check hang for ever",
            expect="checks pass while the dependency is well, and one that hangs is reported within about 10s",
            rollback="unset HEALTH_CHECK_TIMEOUT wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://aws.amazon.com/builders-library/implementing-health-checks/",
        ),
    ]
    check_interval_ms: Annotated[
        int,
        Duration(
            env="HEALTH_CHECK_INTERVAL",
            default="5s",
            minimum="1s",
            maximum="5m",
            owner=SERVICE_OWNER,
            reason="checks run this often in the background and probes read the last result, so that many probes are not load for a dependency",
            expect="a dependency sees one check every 5s from each process, however many probes arrive",
            rollback="unset HEALTH_CHECK_INTERVAL wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://aws.amazon.com/builders-library/implementing-health-checks/",
        ),
    ]
    check_fail_after: Annotated[
        int,
        Count(
            env="HEALTH_CHECK_FAIL_AFTER",
            default="2",
            minimum=1,
            maximum=10,
            owner=SERVICE_OWNER,
            reason="one failed check may be a lost packet: two in a row are an outage, which is then known within 10s",
            expect="the status does not flicker, and an outage shows within about 10s",
            rollback="unset HEALTH_CHECK_FAIL_AFTER wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://aws.amazon.com/builders-library/implementing-health-checks/",
        ),
    ]

    platform: ClassVar[dict[str, Setting]] = {
        "readiness_period_ms": Duration(
            applies_to="kubernetes",
            parameter="readinessProbe.periodSeconds",
            default="5s",
            minimum="1s",
            maximum="1m",
            owner=SERVICE_OWNER,
            reason="a failing pod only loses its traffic, so it may be asked often; Kubernetes asks every 10s",
            expect="a pod that is not ready gets no request after about 10s",
            rollback="kubectl rollout undo deployment/NAME, where NAME is the Deployment of the service, takes back the whole last revision; if the value is older, and so that the next apply does not bring it back, revert the manifest and run kubectl apply -f with it",
            source="https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes",
        ),
        "readiness_timeout_ms": Duration(
            applies_to="kubernetes",
            parameter="readinessProbe.timeoutSeconds",
            default="2s",
            minimum="1s",
            maximum="30s",
            owner=SERVICE_OWNER,
            reason="a busy process may need more than a second for its answer; Kubernetes waits 1s",
            expect="no pod loses its traffic for being busy for a second",
            rollback="kubectl rollout undo deployment/NAME, where NAME is the Deployment of the service, takes back the whole last revision; if the value is older, and so that the next apply does not bring it back, revert the manifest and run kubectl apply -f with it",
            source="https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes",
        ),
        "readiness_failures": Count(
            applies_to="kubernetes",
            parameter="readinessProbe.failureThreshold",
            default="2",
            minimum=1,
            maximum=10,
            owner=SERVICE_OWNER,
            reason="one lost answer proves nothing, two take the traffic away within 10s; Kubernetes waits for 3",
            expect="pods do not flap between ready and not ready",
            rollback="kubectl rollout undo deployment/NAME, where NAME is the Deployment of the service, takes back the whole last revision; if the value is older, and so that the next apply does not bring it back, revert the manifest and run kubectl apply -f with it",
            source="https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes",
        ),
        "liveness_period_ms": Duration(
            applies_to="kubernetes",
            parameter="livenessProbe.periodSeconds",
            default="10s",
            minimum="1s",
            maximum="5m",
            owner=SERVICE_OWNER,
            reason="a failing pod is restarted, so it is asked calmly; the default of Kubernetes, stated",
            expect="a process that hangs is told to end after about 30s, and is restarted once it has, terminationGracePeriodSeconds later at most",
            rollback="kubectl rollout undo deployment/NAME, where NAME is the Deployment of the service, takes back the whole last revision; if the value is older, and so that the next apply does not bring it back, revert the manifest and run kubectl apply -f with it",
            source="https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes",
        ),
        "liveness_timeout_ms": Duration(
            applies_to="kubernetes",
            parameter="livenessProbe.timeoutSeconds",
            default="2s",
            minimum="1s",
            maximum="30s",
            owner=SERVICE_OWNER,
            reason="a busy process is slow and not dead, and a restart would only cost more; Kubernetes waits 1s",
            expect="load alone causes no restart",
            rollback="kubectl rollout undo deployment/NAME, where NAME is the Deployment of the service, takes back the whole last revision; if the value is older, and so that the next apply does not bring it back, revert the manifest and run kubectl apply -f with it",
            source="https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes",
        ),
        "liveness_failures": Count(
            applies_to="kubernetes",
            parameter="livenessProbe.failureThreshold",
            default="3",
            minimum=1,
            maximum=20,
            owner=SERVICE_OWNER,
            reason="three lost answers in a row mean a process that hangs; the probe never asks a dependency, whose outage would restart every pod; the default of Kubernetes, stated",
            expect="restarts are rare, and an outage of the database causes none",
            rollback="kubectl rollout undo deployment/NAME, where NAME is the Deployment of the service, takes back the whole last revision; if the value is older, and so that the next apply does not bring it back, revert the manifest and run kubectl apply -f with it",
            source="https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes",
        ),
        "startup_period_ms": Duration(
            applies_to="kubernetes",
            parameter="startupProbe.periodSeconds",
            default="10s",
            minimum="1s",
            maximum="1m",
            owner=SERVICE_OWNER,
            reason="the other probes wait until this one passes; the default of Kubernetes, stated",
            expect="the other probes begin at most about 10s after the service answers",
            rollback="kubectl rollout undo deployment/NAME, where NAME is the Deployment of the service, takes back the whole last revision; if the value is older, and so that the next apply does not bring it back, revert the manifest and run kubectl apply -f with it",
            source="https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes",
        ),
        "startup_failures": Count(
            applies_to="kubernetes",
            parameter="startupProbe.failureThreshold",
            default="30",
            minimum=1,
            maximum=300,
            owner=SERVICE_OWNER,
            reason="30 times 10s: a cold start or a slow node has 5 minutes before the pod is restarted; without a startup probe, which Kubernetes leaves out, the liveness probe ends a slow start after 30s",
            expect="no restart during a start of up to 5 minutes; a pod that never starts is restarted then",
            rollback="kubectl rollout undo deployment/NAME, where NAME is the Deployment of the service, takes back the whole last revision; if the value is older, and so that the next apply does not bring it back, revert the manifest and run kubectl apply -f with it",
            source="https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes",
        ),
    }

    rules = (
        Rule(
            says="checkTimeout shorter than the time-out of the readiness probe",
            left="check_timeout_ms",
            relation="<",
            right="readiness_timeout_ms",
            fix="lower HEALTH_CHECK_TIMEOUT, or the probe ends before the check can answer",
        ),
        Rule(
            says="checkTimeout shorter than checkInterval",
            left="check_timeout_ms",
            relation="<",
            right="check_interval_ms",
            fix="lower HEALTH_CHECK_TIMEOUT, or raise HEALTH_CHECK_INTERVAL",
        ),
    )
