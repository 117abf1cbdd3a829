"""What the service says about itself at this moment: answers, gates, objectives, checks."""

from collections.abc import Iterator, Sequence

from ...checks.check import URGENCY, CheckSnapshot
from ...health_snapshot import HealthSnapshot
from ..health_document import Answers
from .metric_family import MetricFamily, Sample, labels


def state_metrics(snapshot: HealthSnapshot, answers: Answers) -> Iterator[MetricFamily]:
    """Returns the families of the state."""
    objectives, checks = snapshot.objectives, snapshot.checks
    target = labels(service_name=snapshot.service_id, service_version=snapshot.release_id)
    yield _gauge("target_info", "The service and the release that answer.", [Sample(1, target)])
    yield _gauge(
        "process_start_time_seconds",
        "Start of the process, in seconds since 1970.",
        [Sample(snapshot.started_at)],
    )
    yield _gauge(
        "health_answer",
        "The four answers: 1 for the one that holds now.",
        [
            Sample(1, labels(question=question, answer=str(answer)))
            for question, answer in answers.items()
        ],
    )
    yield _flag("health_ready", "1 while traffic is taken.", snapshot.ready)
    started = "1 since every check that gates the start has passed."
    yield _flag("health_started", started, snapshot.started)
    draining = "1 since the service began to go away."
    yield _flag("health_draining", draining, snapshot.draining)
    limit_ms = objectives.response_time_ms
    yield _limit(
        "health_objective_response_time_seconds",
        "The limit of the 95th percentile.",
        None if limit_ms is None else limit_ms / 1000,
    )
    yield _limit(
        "health_objective_error_ratio",
        "The limit of the share of requests answered with 500 or more.",
        objectives.error_rate,
    )
    yield _limit(
        "health_objective_database_calls_per_request",
        "The limit of the mean.",
        objectives.database_calls_per_request,
    )
    yield from _check_metrics(checks)


def _check_metrics(checks: Sequence[CheckSnapshot]) -> Iterator[MetricFamily]:
    yield _gauge(
        "health_check_status",
        "1 for the status that the check has now, 0 for the others.",
        [
            Sample(
                int(status == check.status),
                labels(check=check.name, gates=check.gates, status=status),
            )
            for check in checks
            for status in reversed(URGENCY)
        ],
    )
    # Nothing for a check that has not run yet: no number stands for "unknown".
    yield _gauge(
        "health_check_duration_seconds",
        "How long the last run took.",
        [
            Sample(check.duration_ms / 1000, labels(check=check.name))
            for check in checks
            if check.duration_ms is not None
        ],
    )
    yield _gauge(
        "health_check_last_run_timestamp_seconds",
        "End of the last run, in seconds since 1970.",
        [Sample(check.at, labels(check=check.name)) for check in checks if check.at is not None],
    )


def _gauge(name: str, help_text: str, samples: Sequence[Sample]) -> MetricFamily:
    return MetricFamily(name, "gauge", help_text, samples)


def _flag(name: str, help_text: str, holds: bool) -> MetricFamily:
    return _gauge(name, help_text, [Sample(int(holds))])


def _limit(name: str, help_text: str, value: float | None) -> MetricFamily:
    return _gauge(name, help_text, [] if value is None else [Sample(value)])
