"""Runs of background work are counted by name."""

import pytest

from marlin_service._seaworthy.health.jobs.job_totals import (
    JobCounts,
    JobOutcome,
)


def counts_of(*outcomes: JobOutcome) -> JobCounts:
    counts = JobCounts()
    for at, outcome in enumerate(outcomes):
        counts.record("nightly", outcome, at)
    return counts


@pytest.mark.parametrize(
    ("outcomes", "failing"),
    [
        (["succeeded"], False),
        (["failed"], True),
        (["failed", "succeeded"], False),
        (["succeeded", "failed", "skipped"], True),
        (["failed", "succeeded", "skipped"], False),
        (["skipped"], False),
        (["failed", "skipped"], True),
    ],
)
def test_a_job_fails_while_its_last_run_that_did_anything_failed(
    outcomes: list[JobOutcome], failing: bool
) -> None:
    [job] = counts_of(*outcomes).read()
    assert job.is_failing() is failing


def test_outcomes_are_counted_with_their_last_times() -> None:
    [job] = counts_of("succeeded", "failed", "succeeded", "skipped").read()
    assert (job.succeeded, job.failed, job.skipped, job.last_outcome) == (2, 1, 1, "skipped")
    assert (job.last_succeeded_at, job.last_failed_at) == (2, 1)


def test_names_after_the_first_hundred_are_counted_together() -> None:
    counts = JobCounts()
    for number in range(150):
        counts.record(f"job-{number}", "succeeded", 0)
    counts.record("job-7", "failed", 1)
    jobs = counts.read()
    assert (len(jobs), jobs[-1].name, jobs[-1].succeeded) == (101, "other", 50)
    assert jobs[7].failed == 1


def test_what_was_read_does_not_change() -> None:
    counts = counts_of("succeeded")
    [before] = counts.read()
    counts.record("nightly", "failed", 9)
    assert (before.failed, before.last_outcome) == (0, "succeeded")
