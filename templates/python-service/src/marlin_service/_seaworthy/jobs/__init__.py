"""Background work that is safe to run again: a ledger remembers each piece by its name and key."""

from .job import job
from .job_error import JobError, JobProblem, JobStopped
from .job_error_codes import JOB_ERROR_CODES, JobErrorCode
from .job_outcome import JobLogLine, JobResult, Log, Outcome, Report
from .job_run import JobRun
from .job_store import EndedJob, JobClaim, JobRow, JobStore, JobToken
from .ledger_care import migrate, prune
from .memory_job_store import MemoryJobStore
from .postgres_job_store import PostgresJobStore
from .schedule_key import schedule_key
from .sqlite_job_store import SqliteJobStore
from .watch_jobs import watch_jobs

__all__ = [
    "JOB_ERROR_CODES",
    "EndedJob",
    "JobClaim",
    "JobError",
    "JobErrorCode",
    "JobLogLine",
    "JobProblem",
    "JobResult",
    "JobRow",
    "JobRun",
    "JobStopped",
    "JobStore",
    "JobToken",
    "Log",
    "MemoryJobStore",
    "Outcome",
    "PostgresJobStore",
    "Report",
    "SqliteJobStore",
    "job",
    "migrate",
    "prune",
    "schedule_key",
    "watch_jobs",
]
