"""What each job did since the start."""

from typing import Final

from ...health_snapshot import HealthSnapshot
from ...jobs.job_totals import JobTotals
from .html import Html
from .section import ago, quiet, section
from .table import Column, Row, table
from .tone import toned
from .words import say_count

_COLUMNS: Final = (
    Column("Job"),
    Column("Now"),
    Column("Succeeded", True),
    Column("Failed", True),
    Column("Skipped", True),
    Column("Last success"),
    Column("Last failure"),
)


def job_table(snapshot: HealthSnapshot) -> Html:
    """Returns the section."""
    if not snapshot.jobs:
        return section("jobs", "Jobs", quiet("None has finished since the process started."))
    worst = sorted(snapshot.jobs, key=lambda job: not job.is_failing())
    rows = [_row(job, snapshot.now) for job in worst]
    return section("jobs", "Jobs", table("jobs", "Since the process started.", _COLUMNS, rows))


def _row(job: JobTotals, now: float) -> Row:
    failing = job.is_failing()
    return [
        job.name,
        toned("warn", "failing") if failing else toned("pass", job.last_outcome),
        say_count(job.succeeded),
        say_count(job.failed),
        say_count(job.skipped),
        ago(job.last_succeeded_at, now),
        ago(job.last_failed_at, now),
    ]
