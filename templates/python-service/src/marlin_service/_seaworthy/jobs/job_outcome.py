"""How a job ended, for its caller, its log and its health; telling it never changes it."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal, NotRequired, TypedDict

from .job_problems import code_of

Outcome = Literal["succeeded", "failed", "skipped"]
Report = Callable[[str, Outcome], object]


class JobLogLine(TypedDict):
    """The fields of the one line that each call of job writes."""

    job: str
    key: str
    outcome: Outcome
    durationMs: float
    attempt: int
    rows: int
    retryable: bool
    code: NotRequired[str]
    # The store could not be told that the job failed: nobody else can claim it before its lease
    # has run out.
    leaseHeld: NotRequired[Literal[True]]


Log = Callable[[JobLogLine], object]


@dataclass(frozen=True, kw_only=True)
class JobResult:
    """What a job gave. `skipped`: it was finished before, and the result is the stored one."""

    outcome: Literal["succeeded", "skipped"]
    result: Any
    attempt: int
    rows: int


@dataclass(kw_only=True)
class OutcomeTeller:
    """Tells the one outcome of a call of job to its log and its report."""

    name: str
    key: str
    report: Report | None
    log: Log | None
    started: float = field(default_factory=time.perf_counter)

    def tell(
        self,
        outcome: Outcome,
        *,
        attempt: int,
        rows: int,
        error: BaseException | None = None,
        lease_held: bool = False,
    ) -> None:
        """Writes one line and makes one report; whatever these raise is passed over."""
        line: JobLogLine = {
            "job": self.name,
            "key": self.key,
            "outcome": outcome,
            "durationMs": round((time.perf_counter() - self.started) * 1000, 3),
            "attempt": attempt,
            "rows": rows,
            "retryable": error is not None and _can_run_again(error),
        }
        if error is not None:
            line["code"] = code_of(error)
        if lease_held:
            line["leaseHeld"] = True
        if self.log is not None:
            with suppress(Exception):
                self.log(line)
        if self.report is not None:
            with suppress(Exception):
                self.report(self.name, outcome)


def _can_run_again(error: BaseException) -> bool:
    # Running a job again is safe, so where an error does not say, it may.
    retryable = getattr(error, "retryable", True)
    return retryable if isinstance(retryable, bool) else True
