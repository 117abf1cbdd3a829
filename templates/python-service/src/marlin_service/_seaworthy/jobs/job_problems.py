"""The texts of every error that is no wrong option, in one place."""

import json
import re
from datetime import UTC, datetime
from typing import Final, Literal

from .job_error import JobError, JobProblem
from .job_error_codes import JobErrorCode

VALUE_EXPECTED: Final = "None, a boolean, a finite number, text, a list or a dict"
_CALLER: Final = "the code that calls job"
_PLAIN: Final = re.compile(r"[\w.:-]{1,100}", re.ASCII)


def input_changed(name: str, key: str, given: str, stored: str) -> JobError:
    """The key was used with other input."""
    return _error(
        "JOB_INPUT_CHANGED",
        _shown(name, key),
        got=f"an input with the hash {given}",
        expected=f"the input that the key was first used with, hash {stored}",
        fix="give new input a key of its own, for example with a hash or a date in it",
        retry="no: the same input is refused again",
    )


def job_running(name: str, key: str, holder: str, until_ms: int, retry_after_ms: int) -> JobError:
    """Another worker holds the job."""
    until = datetime.fromtimestamp(until_ms / 1000, UTC)
    moment = until.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    problem = JobProblem(
        name=_shown(name, key),
        got=f"held by {holder} until {moment}, by the clock of the database",
        expected="nobody else at work on it",
        fix="nothing, when the other worker is at it; one that died holds it until then",
        retryable=True,
        retry=f"in {retry_after_ms} ms, if it has not finished by then",
        owner="the worker that holds it",
    )
    return JobError(
        "JOB_RUNNING",
        [problem],
        holder=holder,
        lease_until=until,
        retry_after_ms=retry_after_ms,
    )


def lease_lost(name: str, key: str, attempt: int) -> JobError:
    """A commit came after the lease was over."""
    return _error(
        "JOB_LEASE_LOST",
        _shown(name, key),
        got=f"attempt {attempt}, whose lease ran out or was taken over",
        expected="a commit before the lease is over; each commit extends it",
        fix="commit smaller batches, or raise lease_seconds above the longest time between"
        " two commits",
        retry="yes: run the job again: it goes on from its last commit",
    )


def effect_async(name: str, key: str) -> JobError:
    """An effect returned something to await."""
    return _error(
        "JOB_EFFECT_ASYNC",
        _shown(name, key),
        got="something to await from the effect",
        expected="an effect that is done when it returns",
        fix="await before commit, and only write inside the effect",
        retry="no: the same effect is refused again",
    )


def connection_busy(table: str) -> JobError:
    """The connection is in a transaction already."""
    return _error(
        "JOB_CONNECTION_BUSY",
        table,
        got="a transaction of other code, open on this connection",
        expected="a connection on which transactions are short",
        fix="give the jobs a connection of their own, or end the other transaction",
        retry="yes: when the other transaction has ended",
        owner="the code that shares the connection",
    )


def commit_overlaps(name: str, key: str) -> JobError:
    """A second commit began before the first had ended."""
    return _error(
        "JOB_COMMIT_OVERLAPS",
        _shown(name, key),
        got="a second commit at the same time",
        expected="one commit after the other: each returns the cursor of the next",
        fix="commit from one thread, and not inside an effect",
        retry="no: the same code does it again",
    )


def job_ended(name: str, key: str) -> JobError:
    """A commit came after the work had returned or raised."""
    return _error(
        "JOB_ENDED",
        _shown(name, key),
        got="a commit after run had returned or raised",
        expected="every commit inside run",
        fix="wait for every commit before run returns",
        retry="no: the same code does it again",
    )


def not_json(
    code: Literal["JOB_CURSOR_INVALID", "JOB_RESULT_INVALID"], at: str, got: str
) -> JobError:
    """A cursor or a result cannot be kept."""
    cursor = code == "JOB_CURSOR_INVALID"
    what = "the next cursor from the effect" if cursor else "a result from run"
    return _error(
        code,
        at,
        got=got,
        expected=VALUE_EXPECTED,
        fix=f"return {what} that is JSON",
        retry="no: the same value is refused again",
    )


def table_missing(table: str) -> JobError:
    """The table was never made."""
    return _error(
        "JOB_TABLE_MISSING",
        table,
        got="no such table",
        expected="the table that migrate(store) creates",
        fix="call migrate(store) where the migrations run",
        retry="yes: as soon as the table is there",
        owner="whoever deploys the service",
    )


def store_failed(table: str, cause: BaseException, *, can_heal: bool) -> JobError:
    """The database did not do what it was asked; what it said stands in the cause."""
    again = "yes: the job goes on from its last commit"
    return _error(
        "JOB_STORE_FAILED",
        table,
        got=code_of(cause),
        expected="a database that answers, takes what is written and has room for it",
        fix="look the code up, and read the cause of this error; it is not printed, since it may"
        " name an address",
        retry=again if can_heal else "no: the same statement fails again",
        owner="whoever runs the database",
    )


def transaction_ended(table: str) -> JobError:
    """An effect committed or rolled back itself."""
    return _error(
        "JOB_STORE_FAILED",
        table,
        got="an effect that ended the transaction it runs in",
        expected="COMMIT and ROLLBACK to be left to commit",
        fix="take BEGIN, COMMIT and ROLLBACK out of the effect; SAVEPOINT is fine",
        retry="no: the same effect does it again; look at what it wrote, it may stand without its"
        " cursor",
    )


def code_of(error: BaseException) -> str:
    """Returns the code of an error, else the name of its class: what may be logged and kept."""
    for name in ("code", "sqlstate", "sqlite_errorname"):
        code = getattr(error, name, None)
        if isinstance(code, str) and _PLAIN.fullmatch(code):
            return code
    name = type(error).__name__
    return name if _PLAIN.fullmatch(name) else "Error"


def _shown(name: str, key: str) -> str:
    return " ".join(json.dumps(each, ensure_ascii=False) for each in (name, key))


def _error(
    code: JobErrorCode,
    name: str,
    *,
    got: str,
    expected: str,
    fix: str,
    retry: str,
    owner: str = _CALLER,
) -> JobError:
    answer, _, reason = retry.partition(": ")
    problem = JobProblem(
        name=name,
        got=got,
        expected=expected,
        fix=fix,
        retryable=answer == "yes",
        retry=reason,
        owner=owner,
    )
    return JobError(code, [problem])
