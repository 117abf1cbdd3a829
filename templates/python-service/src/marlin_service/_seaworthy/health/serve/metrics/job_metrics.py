"""What background work did since the process started."""

from collections.abc import Sequence

from ...jobs.job_totals import JobTotals
from .metric_family import MetricFamily, Sample, labels


def job_metrics(jobs: Sequence[JobTotals]) -> list[MetricFamily]:
    """Returns the families of jobs; the label is not `job`, which Prometheus gives the target."""
    runs = [
        Sample(count, labels(job_name=job.name, outcome=outcome))
        for job in jobs
        for outcome, count in (
            ("succeeded", job.succeeded),
            ("failed", job.failed),
            ("skipped", job.skipped),
        )
    ]
    return [
        MetricFamily(
            "job_runs_total", "counter", "Runs of background work, by how they ended.", runs
        ),
        MetricFamily(
            "job_last_succeeded_timestamp_seconds",
            "gauge",
            "Last run that succeeded, in seconds since 1970.",
            [
                Sample(job.last_succeeded_at, labels(job_name=job.name))
                for job in jobs
                if job.last_succeeded_at is not None
            ],
        ),
        MetricFamily(
            "job_last_failed_timestamp_seconds",
            "gauge",
            "Last run that failed, in seconds since 1970.",
            [
                Sample(job.last_failed_at, labels(job_name=job.name))
                for job in jobs
                if job.last_failed_at is not None
            ],
        ),
    ]
