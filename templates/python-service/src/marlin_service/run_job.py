"""Runs a scheduled job once: `python -m` this module, then its name. Safe to run again."""

import sys
from collections.abc import Sequence
from typing import Final

from ._seaworthy.jobs import JobError, JobLogLine, job
from .daily_order_summary import NAME as DAILY_ORDER_SUMMARY
from .daily_order_summary import DailyOrderSummary
from .database import DRIVER_ERRORS, driver_message
from .json_log import log_fields, start_log
from .migrations import open_migrated
from .run_command import fail, run_command
from .settings import Settings
from .start_error import EXIT_CODE_TRY_AGAIN, EXIT_CODE_USAGE, StartError

_JOBS: Final = {DAILY_ORDER_SUMMARY: DailyOrderSummary}


class JobFailed(StartError):
    """A job that did not run, or did not come to its end."""

    title = "JobError"
    consequence = "What it committed before is kept."


class JobUnknown(JobFailed):
    """The command names no job."""

    exit_code = EXIT_CODE_USAGE
    consequence = "Nothing was run."


def run_job(name: str) -> int:
    """Runs the job that is due now in the database of this environment; returns the exit code."""
    settings = Settings.load()
    start_log("info", settings.logging.redact_keys)
    with open_migrated(settings) as database:
        due = _JOBS[name](database)
        job(
            due.run,
            name=name,
            key=due.key,
            input=due.input,
            store=database.job_store(),
            log=_log_outcome,
        )
    return 0


def _log_outcome(line: JobLogLine) -> None:
    level = "error" if line["outcome"] == "failed" else "warn" if "code" in line else "info"
    log_fields(level, "job", **line)


def main(arguments: Sequence[str]) -> int:
    """Runs the command; every failure is one message on standard error."""
    return run_command(lambda: _run(arguments))


def _run(arguments: Sequence[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in _JOBS:
        raise _unknown(arguments)
    try:
        return run_job(arguments[0])
    except JobError as error:
        running = error.code == "JOB_RUNNING"
        return fail(f"JobError: {error}", EXIT_CODE_TRY_AGAIN if running else 1)
    except DRIVER_ERRORS as error:
        raise _broke_off(driver_message(error)) from error


def _unknown(arguments: Sequence[str]) -> JobUnknown:
    names = ", ".join(_JOBS)
    return JobUnknown(
        "no scheduled job was named",
        code="JOB_UNKNOWN",
        got=" ".join(arguments) or "nothing",
        expected=f"one of: {names}",
        fix=f"make job NAME={next(iter(_JOBS))}",
        retry="no: name a job first",
    )


def _broke_off(got: str) -> JobFailed:
    return JobFailed(
        "the job broke off",
        code="JOB_INTERRUPTED",
        got=got,
        expected="a database that can be read and written to the end",
        fix="free the disk or stop what holds the database, then run the job again",
        retry="yes: it goes on from its last commit",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
