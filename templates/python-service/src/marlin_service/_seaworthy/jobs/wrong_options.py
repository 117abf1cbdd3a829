"""Collects what is wrong with the arguments of one call, so that one error names all of it."""

import json
from typing import Final, Literal

from .job_error import JobError, JobProblem

NAME_EXPECTED: Final = "text of 1 to 200 bytes without control characters"
KEY_EXPECTED: Final = "text of 1 to 1000 bytes without control characters"
_SHOWN_CHARACTERS: Final = 80


class WrongOptions:
    """The problems of one call, in the order in which they were found."""

    def __init__(
        self, code: Literal["JOB_OPTIONS_INVALID", "SCHEDULE_INVALID"], calls: str
    ) -> None:
        self._code, self._calls = code, calls
        self._problems: list[JobProblem] = []

    def demand(self, holds: bool, name: str, value: object, expected: str) -> None:
        """Notes a problem where the value does not hold."""
        if not holds:
            self.add(name, quoted(value), expected)

    def add(self, name: str, got: str, expected: str) -> None:
        """Notes a problem."""
        problem = JobProblem(
            name=name,
            got=got,
            expected=expected,
            fix=f"pass such a value as {name}",
            retryable=False,
            retry="the same value fails again",
            owner=f"the code that calls {self._calls}",
        )
        self._problems.append(problem)

    def raise_any(self) -> None:
        """Raises JobError when anything was wrong."""
        if self._problems:
            raise JobError(self._code, self._problems)


def quoted(value: object) -> str:
    """Returns a wrong value and its type, never more than a line of it."""
    kind = type(value).__name__
    if value is None:
        return "None"
    if isinstance(value, str):
        shown = value if len(value) <= _SHOWN_CHARACTERS else f"{value[:_SHOWN_CHARACTERS]}…"
        return f"{json.dumps(shown)} ({kind})"
    return f"{value} ({kind})" if isinstance(value, int | float) else f"a value ({kind})"


def is_plain_text(value: object, most_bytes: int) -> bool:
    """Whether both databases keep a text as it is, and a log line shows it on one line."""
    if not isinstance(value, str) or any(each < " " or each == "\x7f" for each in value):
        return False
    try:
        return 1 <= len(value.encode()) <= most_bytes
    except UnicodeEncodeError:
        return False


def is_name(value: object) -> bool:
    """Whether a value can be the name of a job."""
    return is_plain_text(value, 200)


def is_key(value: object) -> bool:
    """Whether a value can be the key of a job."""
    return is_plain_text(value, 1000)
