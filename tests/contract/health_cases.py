"""Runs the golden files of health/1 through the Python implementation: JSON in, JSON out.

{"states": [given]} gives {"public", "full", "metrics", "page"} for each state of a service.
{"histograms": [{"parts", "shares"}]} gives {"buckets", "quantiles"} of the sum of each one's parts.
{"buckets": [value]} gives the bucket of each value, and {"edges": [bucket]} where each begins.
{"verdicts": [history]} gives the verdict about each history.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from marlin_service._seaworthy.health import Objectives, RequestMarks
from marlin_service._seaworthy.health.checks.check import CheckSnapshot
from marlin_service._seaworthy.health.health_snapshot import HealthSnapshot
from marlin_service._seaworthy.health.jobs.job_totals import JobTotals
from marlin_service._seaworthy.health.recording.log_linear_histogram import (
    LogLinearHistogram,
    bucket_of,
    lower_edge,
)
from marlin_service._seaworthy.health.recording.recorder import Recorder
from marlin_service._seaworthy.health.serve.build_document import build_document
from marlin_service._seaworthy.health.serve.metrics.render_metrics import render_metrics
from marlin_service._seaworthy.health.serve.plain_numbers import plain_numbers
from marlin_service._seaworthy.health.serve.status_page.render_status_page import (
    render_status_page,
)
from marlin_service._seaworthy.health.verdict.judge_deployment import (
    DeploymentInput,
    judge_deployment,
)


def moment(written: str | None) -> float | None:
    """Returns seconds since 1970."""
    return None if written is None else datetime.fromisoformat(written).timestamp()


def recorded_requests(requests: Iterable[Mapping[str, Any]]) -> Recorder:
    """Feeds requests into the real recorder."""
    recorder = Recorder(0.0)
    for request in requests:
        for milliseconds, count in request["timesMs"]:
            for _ in range(count):
                marks = RequestMarks(started=0.0)
                marks.cache, marks.route = request["cache"], request["route"]
                marks.status, marks.database_calls = request["status"], request["databaseCalls"]
                recorder.active_requests += 1
                recorder.end(milliseconds / 1000, marks, request["method"])
    return recorder


def snapshot_of(given: Mapping[str, Any]) -> HealthSnapshot:
    """Returns what a rendering would see of a given state."""
    recorder, objectives = recorded_requests(given["requests"]), given["objectives"]
    return HealthSnapshot(
        service_id=given["serviceId"],
        release_id=given["releaseId"],
        objectives=Objectives(
            response_time_ms=objectives.get("responseTimeMs"),
            error_rate=objectives.get("errorRate"),
            database_calls_per_request=objectives.get("databaseCallsPerRequest"),
        ),
        now=moment(given["now"]) or 0,
        started_at=moment(given["startedAt"]) or 0,
        ready=given["ready"],
        started=given["started"],
        draining=given["draining"],
        checks=[
            CheckSnapshot(
                name=check["name"],
                component_type=check["componentType"],
                gates=check["gates"],
                status=check["status"],
                duration_ms=check["durationMs"],
                at=moment(check["at"]),
            )
            for check in given["checks"]
        ],
        window=recorder.read_window(0),
        read_series=recorder.read_since_start,
        totals=recorder.read_totals(),
        jobs=[
            JobTotals(
                name=job["name"],
                succeeded=job["succeeded"],
                failed=job["failed"],
                skipped=job["skipped"],
                last_succeeded_at=moment(job["lastSucceededAt"]),
                last_failed_at=moment(job["lastFailedAt"]),
                last_outcome=job["lastOutcome"],
            )
            for job in given["jobs"]
        ],
        deploy=given["deploy"],
    )


def rendered(given: Mapping[str, Any]) -> dict[str, object]:
    """Renders a state in every form."""
    return {
        "public": plain_numbers(build_document(snapshot_of(given), full=False)),
        "full": plain_numbers(build_document(snapshot_of(given), full=True)),
        "metrics": render_metrics(snapshot_of(given)),
        "page": render_status_page(snapshot_of(given)),
    }


def described(parts: Iterable[Sequence[float]], shares: Iterable[str]) -> dict[str, object]:
    """Returns the sum of some histograms."""
    whole = LogLinearHistogram()
    for part in parts:
        histogram = LogLinearHistogram()
        for value in part:
            histogram.record(value)
        whole.merge(histogram)
    quantiles = {share: whole.quantile(float(share)) for share in shares}
    return {"buckets": whole.sparse(), "quantiles": quantiles}


def stratum_of(stratum: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a stratum whose times are pairs."""
    times = stratum["times"]
    return {**stratum, "times": list(zip(times[::2], times[1::2], strict=True))}


def verdict_of(history: Mapping[str, Any]) -> object:
    """Judges a history."""
    shapes = [
        {
            **shape,
            "strata": {name: stratum_of(stratum) for name, stratum in shape["strata"].items()},
        }
        for shape in history["shapes"]
    ]
    records = [
        {
            "minute": timeline["fromMinute"] + index,
            "releaseId": timeline["releaseId"],
            **shapes[number],
        }
        for timeline in history["timelines"]
        for index, number in enumerate(timeline["shapes"])
        if number != -1
    ]
    given = history["input"]
    return judge_deployment(
        DeploymentInput(
            deployed_at_minute=given["deployedAtMinute"],
            release_id=given["releaseId"],
            previous_release_id=given.get("previousReleaseId"),
            now_minute=given["nowMinute"],
            read_after_minutes=given.get("readAfterMinutes"),
            records=[*records, *history.get("records", [])],  # type: ignore[list-item]
        )
    )


def main() -> None:
    """Reads the document, and prints a result for each thing that stands in it."""
    asked = json.load(sys.stdin)
    result = {
        "states": [rendered(given) for given in asked.get("states", [])],
        "histograms": [described(**each) for each in asked.get("histograms", [])],
        "buckets": [bucket_of(value) for value in asked.get("buckets", [])],
        "edges": [lower_edge(bucket) for bucket in asked.get("edges", [])],
        "verdicts": [verdict_of(history) for history in asked.get("verdicts", [])],
    }
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
