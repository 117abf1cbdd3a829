"""The one door of requests to the database: every call of a request is counted here."""

import time
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import Any, Final, TypeVar

from sqlalchemy import TextClause, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection

from .._seaworthy.default_groups.postgres import Postgres
from .._seaworthy.redacted_url import RedactedUrl
from ..request_details import are_told, tell_database_call
from .create_engine import create_engine
from .database_kind import database_kind
from .driver_errors import DatabaseUnavailable, unavailable
from .run_bounded import BoundedRuns, Deadline, stop_if_given_up

Row = tuple[Any, ...]
Result = TypeVar("Result")
_END_SECONDS: Final = 1.0
_NOTHING: Final[Mapping[str, Any]] = {}


class Session:
    """A connection while it is lent: for one statement, or for one transaction."""

    def __init__(self, connection: AsyncConnection, deadline: Deadline, seconds: float) -> None:
        self._connection, self._deadline, self._seconds = connection, deadline, seconds

    async def execute(self, sql: str, parameters: Mapping[str, Any] = _NOTHING) -> list[Row]:
        """Runs one statement as one counted call; its parameters are named `:like_this`."""
        self._deadline.allow(self._seconds)
        if not are_told():
            return await self._execute(sql, parameters)
        started, failed = time.perf_counter(), True
        try:
            rows = await self._execute(sql, parameters)
            failed = False
        finally:
            tell_database_call(sql, started, failed=failed)
        return rows

    async def _execute(self, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        found = await self._connection.execute(_text(sql), parameters)
        return [tuple(row) for row in found] if found.returns_rows else []


class Database:
    """Lends connections. Nothing here blocks the event loop or waits without a limit.

    Each method raises DatabaseUnavailable where trying again later can help.
    """

    def __init__(self, url: RedactedUrl, limits: Postgres) -> None:
        """Connects to nothing yet."""
        self.kind = database_kind(url)
        self._engine = create_engine(url, limits)
        self._begin = "BEGIN IMMEDIATE" if self.kind == "sqlite" else "BEGIN"
        self._wait_seconds = limits.pool_wait_timeout_ms / 1000
        self._query_seconds = limits.query_timeout_ms / 1000
        self._runs = BoundedRuns()

    async def execute(self, sql: str, parameters: Mapping[str, Any] = _NOTHING) -> list[Row]:
        """Runs one statement that stands for itself, as one counted call."""
        return await self._run(lambda session: session.execute(sql, parameters))

    async def transaction(self, work: Callable[[Session], Awaitable[Result]]) -> Result:
        """Commits what the work did, or nothing of it; BEGIN and COMMIT are counted calls too."""

        async def run(session: Session) -> Result:
            await session.execute(self._begin)
            try:
                result = await work(session)
                await session.execute("COMMIT")
            except Exception as error:
                # A connection that is gone has rolled back already.
                if not (isinstance(error, DBAPIError) and error.connection_invalidated):
                    await session.execute("ROLLBACK")
                raise
            return result

        return await self._run(run)

    async def check(self) -> None:
        """Asks the database for a constant; outside a request it counts for nobody."""
        await self.execute("SELECT 1")

    async def close(self) -> None:
        """Closes the connections, but for those that do not come back in time."""
        await self._runs.end(_END_SECONDS)
        await self._engine.dispose()

    async def _run(self, work: Callable[[Session], Awaitable[Result]]) -> Result:
        async def run(deadline: Deadline) -> Result:
            async with self._engine.connect() as connection:
                stop_if_given_up()
                return await work(Session(connection, deadline, self._query_seconds))

        try:
            return await self._runs.run(run, self._wait_seconds)
        except DBAPIError as error:
            if (instead := unavailable(error.orig)) is not None:
                raise instead from error
            raise
        except (TimeoutError, PoolTimeoutError) as error:
            raise DatabaseUnavailable(str(error)) from error


@cache
def _text(sql: str) -> TextClause:
    return text(sql)
