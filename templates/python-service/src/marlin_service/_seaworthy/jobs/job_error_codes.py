"""The stable codes of every error of jobs: what failed, and what that left behind."""

from collections.abc import Mapping
from typing import Final, Literal

JobErrorCode = Literal[
    "JOB_OPTIONS_INVALID",
    "JOB_INPUT_CHANGED",
    "JOB_RUNNING",
    "JOB_LEASE_LOST",
    "JOB_EFFECT_ASYNC",
    "JOB_CONNECTION_BUSY",
    "JOB_COMMIT_OVERLAPS",
    "JOB_ENDED",
    "JOB_CURSOR_INVALID",
    "JOB_RESULT_INVALID",
    "JOB_TABLE_MISSING",
    "JOB_STORE_FAILED",
    "SCHEDULE_INVALID",
]

JOB_ERROR_CODES: Final[Mapping[JobErrorCode, tuple[str, str]]] = {
    "JOB_OPTIONS_INVALID": ("the options are wrong", "Nothing was started."),
    "JOB_INPUT_CHANGED": (
        "the key belongs to another input",
        "The job did not run; what the ledger holds is unchanged.",
    ),
    "JOB_RUNNING": ("the job is running elsewhere", "This call did nothing."),
    "JOB_LEASE_LOST": (
        "the lease of the job is over",
        "Nothing of this commit holds; the commits before it do.",
    ),
    "JOB_EFFECT_ASYNC": (
        "the effect is asynchronous",
        "It was rolled back; what it does later is outside any transaction.",
    ),
    "JOB_CONNECTION_BUSY": (
        "the connection stays in another transaction",
        "Nothing was written.",
    ),
    "JOB_COMMIT_OVERLAPS": (
        "a commit was begun while another one runs",
        "This one did nothing; the other goes on.",
    ),
    "JOB_ENDED": ("a commit was begun after the job had ended", "It did nothing."),
    "JOB_CURSOR_INVALID": ("the effect returned no cursor", "It was rolled back."),
    "JOB_RESULT_INVALID": (
        "the job returned no result that can be kept",
        "The job has failed; its commits hold.",
    ),
    "JOB_TABLE_MISSING": ("the table of the ledger is not there", "Nothing was written."),
    "JOB_STORE_FAILED": (
        "the store of the ledger failed",
        "Nothing of this step holds, unless only its answer was lost.",
    ),
    "SCHEDULE_INVALID": ("the schedule is wrong", "No key was made."),
}
