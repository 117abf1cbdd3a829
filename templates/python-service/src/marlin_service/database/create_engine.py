"""The pool of connections that answer requests."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiosqlite
import psycopg
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from .._seaworthy.default_groups.postgres import Postgres
from .._seaworthy.health import count_database_call
from .._seaworthy.redacted_url import RedactedUrl
from .database_kind import database_kind
from .postgres_options import postgres_options
from .sqlite_file import BUSY_TIMEOUT_SECONDS, PRAGMAS, sqlite_path

Connection = TypeVar("Connection")


def create_engine(url: RedactedUrl, limits: Postgres) -> AsyncEngine:
    """Makes the engine without connecting; each statement of a request is counted for it."""
    common: dict[str, Any] = {
        "poolclass": AsyncAdaptedQueuePool,
        "max_overflow": 0,
        "pool_timeout": limits.pool_wait_timeout_ms / 1000,
        # What clients sent stays out of error texts.
        "hide_parameters": True,
    }
    if database_kind(url) == "sqlite":
        # One connection, in one thread: SQLite lets one write at a time, and a queue here is
        # fairer than its waiting for the lock.
        engine = create_async_engine(
            "sqlite+aiosqlite://",
            async_creator=_opened_to_the_end(_sqlite_opener(url)),
            pool_size=1,
            **common,
        )
    else:
        options = postgres_options(url, limits)
        engine = create_async_engine(
            "postgresql+psycopg://",
            async_creator=_opened_to_the_end(lambda: psycopg.AsyncConnection.connect(**options)),
            pool_size=limits.pool_max,
            pool_pre_ping=_shipped("pool_pre_ping"),
            pool_recycle=_shipped("pool_recycle_ms") // 1000,
            **common,
        )
    event.listen(engine.sync_engine, "before_cursor_execute", _count)
    return engine


def _sqlite_opener(url: RedactedUrl) -> Any:
    async def open_whole() -> aiosqlite.Connection:
        opening = aiosqlite.connect(
            sqlite_path(url), timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None
        )
        # As SQLAlchemy does where it connects itself: the thread of a connection that was given up
        # at the last moment would keep the process from ending.
        opening._thread.daemon = True
        opened = await opening
        try:
            for pragma in PRAGMAS:
                await opened.execute(pragma)
        except BaseException:
            await opened.close()
            raise
        return opened

    return open_whole


def _opened_to_the_end(open_connection: Callable[[], Awaitable[Connection]]) -> Any:
    """Opens a connection also where whoever asked for it is told to stop meanwhile.

    The pool does not tell those who wait for a connection that one could not be opened: they
    would wait in vain, and fail. The one who is told to stop has to look for that afterwards.
    """

    async def open_to_the_end() -> Connection:
        opening = asyncio.ensure_future(open_connection())
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            return await opening

    return open_to_the_end


def _shipped(name: str) -> Any:
    setting = Postgres.platform[name]
    return setting.read(setting.default or "")


def _count(*_: object) -> None:
    count_database_call()
