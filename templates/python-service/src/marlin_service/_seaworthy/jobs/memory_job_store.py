"""A ledger in memory, for tests: it forgets everything with the process."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from .job_store import Decision, EndedJob, JobClaim, JobRow, JobToken


def _wall_clock_ms() -> int:
    return time.time_ns() // 1_000_000


class MemoryJobStore:
    """Keeps the ledger of one process; effects are given None."""

    def __init__(self, now_ms: Callable[[], int] = _wall_clock_ms) -> None:
        self._now_ms = now_ms
        self._rows: dict[tuple[str, str], JobRow] = {}
        self._ended_at: dict[tuple[str, str], int] = {}
        # Reentrant: an effect may look at the ledger it is committed to.
        self._lock = threading.RLock()

    def migrate(self) -> None:
        """Does nothing: there is no table."""

    def claim(self, claim: JobClaim) -> tuple[Decision, JobRow]:
        """See JobStore."""
        with self._lock:
            now = self._now_ms()
            place = (claim.name, claim.key)
            found = self._rows.get(place)
            found = None if found is None else replace(found, now=now)
            decision = "claimed" if found is None else found.decide(claim.input_hash)
            if found is not None and decision != "claimed":
                return decision, found
            before = None if found is None or found.gone else found
            row = JobRow(
                input_hash=claim.input_hash,
                state="running",
                attempt=1 if before is None else before.attempt + 1,
                holder=claim.holder,
                lease_until=now + claim.lease_ms,
                cursor=None if before is None else before.cursor,
                row_count=0 if before is None else before.row_count,
                result=None,
                keep_until=None,
                now=now,
            )
            self._rows[place] = row
            self._ended_at.pop(place, None)
            return "claimed", row

    def commit(
        self, token: JobToken, effect: Callable[[None], str], *, rows: int, lease_ms: int
    ) -> bool:
        """See JobStore."""
        with self._lock:
            row = self._held(token)
            if row is None:
                return False
            changed = replace(
                row,
                cursor=effect(None),
                row_count=row.row_count + rows,
                lease_until=self._now_ms() + lease_ms,
            )
            self._rows[token.name, token.key] = changed
            return True

    def finish(self, token: JobToken, result: str, keep_ms: int) -> bool:
        """See JobStore."""
        with self._lock:
            row = self._held(token)
            if row is None:
                return False
            now = self._now_ms()
            ended = replace(
                row, state="finished", result=result, lease_until=now, keep_until=now + keep_ms
            )
            self._rows[token.name, token.key] = ended
            self._ended_at[token.name, token.key] = now
            return True

    def fail(self, token: JobToken, error: str) -> None:
        """See JobStore."""
        with self._lock:
            row = self._claimed(token)
            if row is not None:
                now = self._now_ms()
                self._rows[token.name, token.key] = replace(row, state="failed", lease_until=now)
                self._ended_at[token.name, token.key] = now

    def prune(self, limit: int) -> int:
        """See JobStore."""
        with self._lock:
            now = self._now_ms()
            gone = [place for place, row in self._rows.items() if replace(row, now=now).gone]
            for place in gone[:limit]:
                del self._rows[place], self._ended_at[place]
            return len(gone[:limit])

    def ended_since(self, since: int | None) -> tuple[int, list[EndedJob]]:
        """See JobStore."""
        with self._lock:
            ended = [
                EndedJob(*place, self._rows[place].state, self._rows[place].attempt, at)
                for place, at in self._ended_at.items()
                if since is not None and at >= since
            ]
            return self._now_ms(), sorted(ended, key=lambda each: each.ended_at)

    def _claimed(self, token: JobToken) -> JobRow | None:
        row = self._rows.get((token.name, token.key))
        if row is None or row.state != "running":
            return None
        return row if (row.attempt, row.holder) == (token.attempt, token.holder) else None

    def _held(self, token: JobToken) -> JobRow | None:
        row = self._claimed(token)
        return row if row is not None and row.lease_until > self._now_ms() else None
