"""Runs a piece of work so that running it again is always safe."""

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

from .canonical_json import NotJson, canonical_json, parse_json
from .check_options import checked_input_hash
from .job_error import JobStopped
from .job_outcome import JobResult, Log, Outcome, OutcomeTeller, Report
from .job_problems import code_of, input_changed, job_running, lease_lost, not_json
from .job_run import JobRun
from .job_store import JobClaim, JobStore

Connection = TypeVar("Connection")
_KEEP_SECONDS: Final = 30 * 86_400.0
_PRUNED_AT_ONCE: Final = 100


def job(
    run: Callable[[JobRun[Connection]], Any],
    *,
    name: str,
    key: str,
    input: object,
    store: JobStore[Connection],
    lease_seconds: float = 60.0,
    keep_seconds: float = _KEEP_SECONDS,
    report: Report | None = None,
    log: Log | None = None,
    stop: threading.Event | None = None,
) -> JobResult:
    """Runs `run` unless the key is finished; after a break-off it goes on from its cursor.

    The surprise: what `run` returns after `stop` was set, or after its lease, is no result; the job
    has failed then, and the next call finds out whether everything was done.
    Raises JobError JOB_RUNNING when another worker holds the key, JOB_INPUT_CHANGED when the key
    was used with other input, JobStopped, and what `run` raises, unchanged: the cursor is kept
    then, and the next call may go on at once.
    """
    hashed = checked_input_hash(
        name=name,
        key=key,
        input=input,
        store=store,
        lease_seconds=lease_seconds,
        keep_seconds=keep_seconds,
        report=report,
        log=log,
        stop=stop,
        run=run,
    )
    teller = OutcomeTeller(name=name, key=key, report=report, log=log)
    holder = f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(3)}"
    claim = JobClaim(
        name=name, key=key, input_hash=hashed, holder=holder, lease_ms=round(lease_seconds * 1000)
    )
    # Read before the claim: here the lease must never seem longer than by the database's clock.
    leased_at = time.monotonic()
    try:
        if stop is not None and stop.is_set():
            raise JobStopped(f"{name} {key} was asked to stop before it began")
        decision, row = store.claim(claim)
    except BaseException as error:
        teller.tell("failed", attempt=0, rows=0, error=error)
        raise
    if decision == "claimed":
        job_run = JobRun(claim, row, store, leased_at=leased_at, stop=stop)
        return _run_claimed(run, job_run, store, teller, round(keep_seconds * 1000))
    if decision == "finished":
        teller.tell("skipped", attempt=row.attempt, rows=row.row_count)
        return JobResult(
            outcome="skipped",
            result=parse_json(row.result or "null"),
            attempt=row.attempt,
            rows=row.row_count,
        )
    if decision == "running":
        wait_ms = row.lease_until - row.now
        refused = job_running(name, key, row.holder, row.lease_until, wait_ms)
    else:
        refused = input_changed(name, key, hashed, row.input_hash)
    outcome: Outcome = "skipped" if decision == "running" else "failed"
    teller.tell(outcome, attempt=row.attempt, rows=row.row_count, error=refused)
    raise refused


def _run_claimed(
    run: Callable[[JobRun[Connection]], Any],
    job_run: JobRun[Connection],
    store: JobStore[Connection],
    teller: OutcomeTeller,
    keep_ms: int,
) -> JobResult:
    token = job_run.token
    try:
        try:
            returned = run(job_run)
            # A loop that ends because it should stop returns as if everything were done.
            job_run.raise_if_stop_requested()
            result = canonical_json(returned, "result")
        except NotJson as error:
            raise not_json("JOB_RESULT_INVALID", error.at, error.got) from None
        finally:
            job_run.end()
        if not store.finish(token, result, keep_ms):
            raise lease_lost(token.name, token.key, token.attempt)
    except BaseException as error:
        lease_held = True
        with suppress(Exception):
            store.fail(token, code_of(error))
            lease_held = False
        teller.tell(
            "failed",
            attempt=token.attempt,
            rows=job_run.rows,
            error=error,
            lease_held=lease_held,
        )
        raise
    teller.tell("succeeded", attempt=token.attempt, rows=job_run.rows)
    with suppress(Exception):
        store.prune(_PRUNED_AT_ONCE)
    return JobResult(
        outcome="succeeded",
        result=parse_json(result),
        attempt=token.attempt,
        rows=job_run.rows,
    )
