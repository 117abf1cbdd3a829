"""Keeps the answer to a key in the transaction of what it did."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.exc import DBAPIError

from .. import problems
from ..database import Database, Session
from ..database.database_kind import DatabaseKind
from ..database.driver_errors import waited_too_long

_FIND: Final = (
    "SELECT request_sha256, status, body, location FROM idempotency_keys"
    " WHERE key = :key AND created_at_ms > :expired"
)
# Of two at the same time PostgreSQL lets the second wait here; then no row comes back. A row that
# is too old counts as none.
_KEEP: Final = (
    "INSERT INTO idempotency_keys (key, request_sha256, status, body, location, created_at_ms)"
    " VALUES (:key, :sha, :status, :body, :location, :now)"
    " ON CONFLICT (key) DO UPDATE SET request_sha256 = excluded.request_sha256,"
    " status = excluded.status, body = excluded.body, location = excluded.location,"
    " created_at_ms = excluded.created_at_ms"
    " WHERE idempotency_keys.created_at_ms <= :expired RETURNING key"
)
_PRUNE: Final[dict[DatabaseKind, str]] = {
    "sqlite": "DELETE FROM idempotency_keys WHERE key IN (SELECT key FROM idempotency_keys"
    " WHERE created_at_ms <= :expired LIMIT 1000)",
    # Two that prune at once take other rows, and never wait for each other. An array is read once;
    # a plain IN may be read again for each row, with other rows each time.
    "postgres": "DELETE FROM idempotency_keys WHERE key = ANY(ARRAY(SELECT key"
    " FROM idempotency_keys WHERE created_at_ms <= :expired LIMIT 1000 FOR UPDATE SKIP LOCKED))",
}
# Pruned are ten times as many as come between: those that are too old become fewer, however many
# there were.
_ANSWERS_PER_PRUNE: Final = 100


@dataclass(frozen=True)
class KeptAnswer:
    """An answer as it was sent, and what it was an answer to."""

    status: int
    body: str
    location: str | None = None


class _KeyTaken(Exception):
    """Another request with the key came first."""


def _wall_clock_ms() -> int:
    return time.time_ns() // 1_000_000


class AnswerOnce:
    """Answers a key once, and gives that answer again for as long as it is kept."""

    def __init__(
        self, database: Database, ttl_ms: int, now_ms: Callable[[], int] = _wall_clock_ms
    ) -> None:
        self._database, self._ttl_ms, self._now_ms = database, ttl_ms, now_ms
        self._answers = 0

    async def answer(
        self, key: str, sha256: str, work: Callable[[Session], Awaitable[KeptAnswer]]
    ) -> tuple[KeptAnswer, bool]:
        """Returns the answer, and whether it is one that was given before.

        Raises Problem when the key was used with another body, or is still being answered.
        """
        if (found := await self._find(key, sha256)) is not None:
            return found, True
        try:
            answer = await self._database.transaction(
                lambda session: self._do(session, key, sha256, work)
            )
        except _KeyTaken:
            found = await self._find(key, sha256)
            if found is None:
                raise problems.idempotency_key_in_use() from None
            return found, True
        return answer, False

    async def _find(self, key: str, sha256: str) -> KeptAnswer | None:
        given = {"key": key, "expired": self._now_ms() - self._ttl_ms}
        for request_sha256, status, body, location in await self._database.execute(_FIND, given):
            if request_sha256 != sha256:
                raise problems.idempotency_key_reused()
            return KeptAnswer(status, body, location)
        return None

    async def _do(
        self,
        session: Session,
        key: str,
        sha256: str,
        work: Callable[[Session], Awaitable[KeptAnswer]],
    ) -> KeptAnswer:
        answer = await work(session)
        now = self._now_ms()
        expired = now - self._ttl_ms
        kept: dict[str, Any] = {
            "key": key,
            "sha": sha256,
            "status": answer.status,
            "body": answer.body,
            "location": answer.location,
            "now": now,
            "expired": expired,
        }
        try:
            rows = await session.execute(_KEEP, kept)
        except DBAPIError as error:
            # Only here it is the key that is waited for: what the work waits for is another row.
            if waited_too_long(error.orig):
                raise problems.idempotency_key_in_use() from error
            raise
        if not rows:
            raise _KeyTaken
        # The first of a process prunes, and then each hundredth: it costs the others nothing.
        if self._answers % _ANSWERS_PER_PRUNE == 0:
            await session.execute(_PRUNE[self._database.kind], {"expired": expired})
        self._answers += 1
        return answer
