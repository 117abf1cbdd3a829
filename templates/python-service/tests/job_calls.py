"""How the tests call job, and what they expect of its errors."""

from collections.abc import Callable
from typing import Any

import pytest

from marlin_service._seaworthy.jobs import (
    JobError,
    JobResult,
    JobRun,
    job,
)

from ledgers import LEASE_SECONDS, Ledger


def run_job(ledger: Ledger, run: Callable[[JobRun[Any]], Any], **options: Any) -> JobResult:
    given = {"name": "import", "key": "a", "input": {"file": 1}, "lease_seconds": LEASE_SECONDS}
    return job(run, store=ledger.store, **{**given, **options})


def refused(code: str, call: Callable[[], object]) -> JobError:
    with pytest.raises(JobError) as caught:
        call()
    assert caught.value.code == code
    assert f"  {code}\n   got       " in str(caught.value)
    return caught.value


def never(_: object) -> object:
    raise AssertionError("it ran")
