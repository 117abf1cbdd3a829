"""The one error of jobs: every problem at once, and never what a database said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .job_error_codes import JOB_ERROR_CODES, JobErrorCode


@dataclass(frozen=True, kw_only=True)
class JobProblem:
    """One thing that is wrong. `got` is fit to be shown."""

    name: str
    got: str
    expected: str
    fix: str
    retryable: bool
    retry: str
    owner: str

    def render(self, number: int, code: str) -> str:
        """Returns the problem as its numbered block of lines."""
        lines = {
            "got": self.got,
            "expected": self.expected,
            "fix": self.fix,
            "retry": f"{'yes' if self.retryable else 'no'}: {self.retry}",
            "owner": self.owner,
        }
        head = f"{number}. {self.name}  {code}"
        return "\n".join([head, *(f"   {key:<10}{text}" for key, text in lines.items())])


class JobError(Exception):
    """What refused or ended a job; its text is fit to be printed.

    A job that runs elsewhere also says who holds it, until when, and when to try again.
    """

    def __init__(
        self,
        code: JobErrorCode,
        problems: Sequence[JobProblem],
        *,
        holder: str | None = None,
        lease_until: datetime | None = None,
        retry_after_ms: int | None = None,
    ) -> None:
        self.code: JobErrorCode = code
        self.problems = tuple(problems)
        self.retryable = all(problem.retryable for problem in problems)
        self.holder, self.lease_until, self.retry_after_ms = holder, lease_until, retry_after_ms
        what, outcome = JOB_ERROR_CODES[code]
        count = f"{len(problems)} problems: " if len(problems) > 1 else ""
        blocks = [problem.render(number, code) for number, problem in enumerate(problems, 1)]
        super().__init__("\n\n".join([f"{count}{what}. {outcome}", *blocks]))

    def __reduce__(self) -> tuple[Any, ...]:
        # By default a copy would be made of the text alone.
        return type(self), (self.code, self.problems), self.__dict__


class JobStopped(Exception):
    """The work was asked to stop. Its cursor is kept, and running it again goes on there."""

    retryable = True
