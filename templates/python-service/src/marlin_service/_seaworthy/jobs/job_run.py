"""What the work of a job is given: its cursor, and the one way to write."""

import inspect
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from .canonical_json import NotJson, canonical_json, parse_json
from .job_error import JobStopped
from .job_problems import commit_overlaps, effect_async, job_ended, lease_lost, not_json
from .job_store import JobClaim, JobRow, JobStore, JobToken
from .wrong_options import WrongOptions

Connection = TypeVar("Connection")


class JobRun(Generic[Connection]):
    """One attempt at a job. Commit in short steps, and look at `stop_requested` between them."""

    def __init__(
        self,
        claim: JobClaim,
        row: JobRow,
        store: JobStore[Connection],
        *,
        leased_at: float,
        stop: threading.Event | None,
    ) -> None:
        self.token = JobToken(claim.name, claim.key, row.attempt, claim.holder)
        self.attempt = row.attempt
        # What the last commit's effect returned, in whichever attempt; None before the first.
        self.cursor: Any = None if row.cursor is None else parse_json(row.cursor)
        # Of all attempts.
        self.rows = row.row_count
        self._store, self._lease_ms = store, claim.lease_ms
        self._leased_at, self._stop = leased_at, stop
        self._committing = threading.Lock()
        self._ended = False

    @property
    def stop_requested(self) -> bool:
        """Whether the work should end now: it was asked to stop, or its lease has run out."""
        return self._is_stopped() or self._is_over()

    def raise_if_stop_requested(self) -> None:
        """Raises JobStopped, or JobError JOB_LEASE_LOST, when the work should end now."""
        if self._is_stopped():
            raise JobStopped(f"{self.token.name} {self.token.key} was asked to stop")
        if self._is_over():
            raise lease_lost(self.token.name, self.token.key, self.attempt)

    def _is_stopped(self) -> bool:
        return self._stop is not None and self._stop.is_set()

    def _is_over(self) -> bool:
        return (time.monotonic() - self._leased_at) * 1000 >= self._lease_ms

    def commit(self, effect: Callable[[Connection], Any], rows: int = 0) -> Any:
        """Runs an effect in one transaction with the cursor that it returns, and extends the lease.

        Returns the new cursor. Raises JobError JOB_LEASE_LOST when the lease is over, and what the
        effect raises; nothing of the commit holds then.
        """
        work = (self.token.name, self.token.key)
        wrong = WrongOptions("JOB_OPTIONS_INVALID", "commit")
        wrong.demand(callable(effect), "effect", effect, "a function")
        whole = type(rows) is int and 0 <= rows < 2**53
        wrong.demand(whole, "rows", rows, "a whole number from 0")
        wrong.raise_any()
        if self._ended:
            raise job_ended(*work)
        if not self._committing.acquire(blocking=False):
            raise commit_overlaps(*work)
        try:
            kept_cursor = ""
            leased_at = 0.0

            def effect_to_text(connection: Connection) -> str:
                nonlocal kept_cursor, leased_at
                # Known before anything of it has run: what follows its first await could not be
                # rolled back.
                if inspect.iscoroutinefunction(effect):
                    raise effect_async(*work)
                kept_cursor = self._cursor_text(effect(connection))
                # However long the effect took: the lease is extended behind it.
                leased_at = time.monotonic()
                return kept_cursor

            kept = self._store.commit(
                self.token, effect_to_text, rows=rows, lease_ms=self._lease_ms
            )
            if not kept:
                raise lease_lost(*work, self.attempt)
            self._leased_at, self.cursor = leased_at, parse_json(kept_cursor)
            self.rows += rows
            return self.cursor
        finally:
            self._committing.release()

    def end(self) -> None:
        """Refuses every later commit."""
        self._ended = True

    def _cursor_text(self, returned: object) -> str:
        if inspect.isawaitable(returned):
            if inspect.iscoroutine(returned):
                returned.close()
            raise effect_async(self.token.name, self.token.key)
        try:
            return canonical_json(returned, "cursor")
        except NotJson as error:
            raise not_json("JOB_CURSOR_INVALID", error.at, error.got) from None
