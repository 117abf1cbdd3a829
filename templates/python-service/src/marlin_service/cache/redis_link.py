"""A connection to Redis that fails fast, and comes back by itself."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError

from .._seaworthy.redacted_url import RedactedUrl
from ..cache_settings import CacheSettings
from ..json_log import error_fields, log_fields
from .order_cache import CacheFailed

_CONNECTIONS: Final = 20
_LOG_EVERY_SECONDS: Final = 60.0


class RedisLink:
    """While it is not connected a command fails at once: a request never waits for a new try."""

    def __init__(self, url: RedactedUrl, limits: CacheSettings) -> None:
        """Connects to nothing yet."""
        self.limits = limits
        self._client = Redis(
            connection_pool=BlockingConnectionPool.from_url(
                url.get_secret_value(),
                max_connections=_CONNECTIONS,
                # The limits here bound a command with everything that it waits for.
                timeout=None,
                socket_timeout=None,
                socket_connect_timeout=limits.connect_timeout_ms / 1000,
                retry=Retry(NoBackoff(), limits.max_retries_per_request, (RedisConnectionError,)),
                # It would take two commands for each connection, which nobody reads.
                driver_info=None,
            )
        )
        self._is_ready = False
        self._first_error: Exception = CacheFailed("not started")
        self._connecting: asyncio.Task[None] | None = None
        self._logged_at = -_LOG_EVERY_SECONDS

    async def start(self) -> None:
        """Tries to connect once, no longer than such a try may take; goes on without it."""
        try:
            await self._try()
        except Exception as error:
            # Told with the first miss: the first line of the log says that the service listens.
            self._first_error = error

    async def ask(self, command: Callable[[Any], Awaitable[Any]]) -> Any:
        """Returns what a command returns.

        Raises CacheFailed when it fails, or takes longer than CACHE_COMMAND_TIMEOUT.
        """
        if not self._is_ready:
            if self._connecting is None:
                self._warn(self._first_error)
                self._connect()
            raise CacheFailed("not connected")
        try:
            async with asyncio.timeout(self.limits.command_timeout_ms / 1000):
                return await command(self._client)
        # Whatever the library raises: no cache is worth an error.
        except Exception as failed:
            # That time is up has no words of its own.
            error = TimeoutError("Command timed out") if str(failed) == "" else failed
            self._warn(error)
            # One that only stalls keeps its connection.
            if isinstance(error, RedisConnectionError) and self._is_ready:
                self._connect()
            raise CacheFailed(str(error)) from failed

    def pause_seconds(self, tries: int) -> float:
        """Returns how long to wait before the nth try to connect again."""
        limits = self.limits
        pause = min(limits.reconnect_base_ms << (tries - 1), limits.reconnect_cap_ms)
        return (pause + random.random() * limits.reconnect_jitter_ms) / 1000  # noqa: S311

    async def close(self) -> None:
        """Closes the connections, and ends the tries to make one."""
        if self._connecting is not None:
            self._connecting.cancel()
        await self._client.connection_pool.disconnect()

    def _connect(self) -> None:
        self._is_ready = False
        self._connecting = asyncio.ensure_future(self._connect_again())

    async def _connect_again(self) -> None:
        tries = 1
        while not self._is_ready:
            await asyncio.sleep(self.pause_seconds(tries))
            # Doubled so often, a pause is far beyond its cap.
            tries = min(tries + 1, 30)
            try:
                await self._try()
            except Exception as error:
                self._warn(error)

    async def _try(self) -> None:
        async with asyncio.timeout(self.limits.connect_timeout_ms / 1000):
            await self._client.ping()
        self._is_ready = True

    def _warn(self, error: Exception) -> None:
        now = time.monotonic()
        if now - self._logged_at >= _LOG_EVERY_SECONDS:
            self._logged_at = now
            log_fields("warn", "cache failed", error=error_fields(error))
