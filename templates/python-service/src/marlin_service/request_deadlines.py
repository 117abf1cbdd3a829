"""Limits of one request: the time it may arrive in, its size, and the time of its handler."""

import asyncio

from . import problems
from ._seaworthy.asgi import AsgiApp, Message, Receive, Scope, Send
from ._seaworthy.default_groups.http_server import HttpServer
from .problem import Problem


class RequestDeadlines:
    """Pure ASGI: raises Problem where a limit is passed.

    The body is limited as it is read, so a path that reads none answers whatever was sent.
    """

    def __init__(self, app: AsgiApp, limits: HttpServer) -> None:
        self._app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        handler_seconds = self._limits.handler_timeout_ms / 1000
        body = _LimitedBody(scope, receive, self._limits)
        clock = asyncio.timeout(handler_seconds)

        async def receive_limited() -> Message:
            if body.arrived:
                return await receive()
            # The handler's clock stands still while the client sends.
            clock.reschedule(None)
            try:
                return await body.receive()
            finally:
                clock.reschedule(asyncio.get_running_loop().time() + handler_seconds)

        try:
            async with clock:
                await self._app(scope, receive_limited, send)
        except TimeoutError:
            if not clock.expired():
                raise
            raise problems.handler_timeout(self._limits.written("handler_timeout_ms")) from None


class _LimitedBody:
    def __init__(self, scope: Scope, receive: Receive, limits: HttpServer) -> None:
        self.arrived = False
        self._receive, self._limits = receive, limits
        self._bytes = 0
        self._declared_bytes = _content_length(scope)
        started = asyncio.get_running_loop().time()
        self._deadline = started + limits.request_timeout_ms / 1000

    async def receive(self) -> Message:
        limit = self._limits.body_limit_bytes
        if self._declared_bytes > limit:
            raise problems.body_too_large(limit)
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            raise self._too_slow() from None
        self._bytes += len(message.get("body", b""))
        if self._bytes > limit:
            raise problems.body_too_large(limit)
        self.arrived = not message.get("more_body", False)
        return message

    def _too_slow(self) -> Problem:
        return problems.request_timeout(self._limits.written("request_timeout_ms"))


def _content_length(scope: Scope) -> int:
    # The server has refused any that is not a number.
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths else 0
