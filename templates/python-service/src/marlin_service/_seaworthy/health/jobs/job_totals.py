"""Counts runs of background work by name."""

from dataclasses import dataclass, replace
from typing import Final, Literal

# `skipped` when there was nothing to do, as for a key that is done already.
JobOutcome = Literal["succeeded", "failed", "skipped"]

# Names come from code, and still nothing may grow for ever.
_MOST_NAMES: Final = 100
_OTHER_JOBS: Final = "other"


@dataclass(kw_only=True)
class JobTotals:
    """What is known of the runs of one job since the process started; times in seconds."""

    name: str
    succeeded: int = 0
    failed: int = 0
    skipped: int = 0
    last_succeeded_at: float | None = None
    last_failed_at: float | None = None
    last_outcome: JobOutcome

    def is_failing(self) -> bool:
        """Whether its last run that did anything failed: one that was skipped mended nothing."""
        if self.last_outcome != "skipped":
            return self.last_outcome == "failed"
        if self.last_failed_at is None:
            return False
        return self.last_succeeded_at is None or self.last_failed_at > self.last_succeeded_at


class JobCounts:
    """The totals of every job; those after the first hundred are counted together."""

    def __init__(self) -> None:
        self._jobs: dict[str, JobTotals] = {}

    def record(self, name: str, outcome: JobOutcome, at: float) -> None:
        """Counts one run that ended at a moment."""
        key = name if name in self._jobs or len(self._jobs) < _MOST_NAMES else _OTHER_JOBS
        job = self._jobs.setdefault(key, JobTotals(name=key, last_outcome=outcome))
        job.last_outcome = outcome
        if outcome == "succeeded":
            job.succeeded += 1
            job.last_succeeded_at = at
        elif outcome == "failed":
            job.failed += 1
            job.last_failed_at = at
        else:
            job.skipped += 1

    def read(self) -> list[JobTotals]:
        """Returns a copy of the totals."""
        return [replace(job) for job in self._jobs.values()]
