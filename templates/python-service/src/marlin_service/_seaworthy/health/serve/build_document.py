"""Renders the health document, contract health/1."""

from collections.abc import Iterator

from ..checks.check import CheckSnapshot
from ..health_snapshot import HealthSnapshot
from .answer_questions import answer_questions
from .health_document import HealthDocument, Histograms, Measurement
from .iso_time import iso_time
from .traffic_measurements import measure_traffic, round_half_up


def build_document(snapshot: HealthSnapshot, *, full: bool) -> HealthDocument:
    """Returns it; `full` adds what names a dependency, a job or a release before."""
    traffic = measure_traffic(snapshot.window.total, snapshot.objectives, snapshot.now)
    measurements = {
        **dict(_measure_checks(snapshot)),
        **traffic.measurements,
        **dict(_measure_jobs(snapshot)),
    }
    warns = any(each["status"] != "pass" for each in measurements.values())
    answers, numbers = answer_questions(snapshot, traffic)
    document: HealthDocument = {
        "status": "fail" if not snapshot.ready else "warn" if warns else "pass",
        "contract": "health/1",
        "serviceId": snapshot.service_id,
        "releaseId": snapshot.release_id,
        "answers": answers,
        "numbers": numbers,
    }
    if full:
        document["checks"] = {name: [each] for name, each in measurements.items()}
        document["histograms"] = _histograms(snapshot)
        if snapshot.deploy is not None:
            document["deploy"] = snapshot.deploy
    return document


def _measure_checks(snapshot: HealthSnapshot) -> Iterator[tuple[str, Measurement]]:
    for check in snapshot.checks:
        yield f"{check.name}:responseTime", _measure_check(check, snapshot.now)


def _measure_check(check: CheckSnapshot, now: float) -> Measurement:
    took = check.duration_ms
    return {
        "componentType": check.component_type,
        "observedValue": None if took is None else round_half_up(took * 100) / 100,
        "observedUnit": "ms",
        "status": check.status,
        "time": iso_time(now if check.at is None else check.at),
    }


def _measure_jobs(snapshot: HealthSnapshot) -> Iterator[tuple[str, Measurement]]:
    if not snapshot.jobs:
        return
    runs = {
        job.name: {
            "succeeded": job.succeeded,
            "failed": job.failed,
            "skipped": job.skipped,
            "lastOutcome": job.last_outcome,
            "lastSucceededAt": _time_or_none(job.last_succeeded_at),
            "lastFailedAt": _time_or_none(job.last_failed_at),
        }
        for job in snapshot.jobs
    }
    failing = any(job.is_failing() for job in snapshot.jobs)
    yield (
        "jobs:outcome",
        {
            "componentType": "component",
            "observedValue": runs,
            "observedUnit": "count",
            "status": "warn" if failing else "pass",
            "time": iso_time(snapshot.now),
        },
    )


def _histograms(snapshot: HealthSnapshot) -> Histograms:
    total = snapshot.window.total
    return {
        "unit": "us",
        "minutes": snapshot.window.minutes,
        "hit": total.times["hit"].sparse(),
        "miss": total.times["miss"].sparse(),
        "none": total.times["none"].sparse(),
        "failed": total.failed_times.sparse(),
    }


def _time_or_none(at: float | None) -> str | None:
    return None if at is None else iso_time(at)
