"""The outermost layer of the service: request id, answer headers, log line, error answers."""

import asyncio
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final

from ._seaworthy.asgi import AsgiApp, Message, Receive, Scope, Send
from ._seaworthy.health import RequestMarks, current_request
from .error_answers import problem_of
from .json_log import log_fields
from .problem_response import ProblemResponse
from .request_details import current_request_id

_REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_CACHE_USE: Final = "cache_use"


@dataclass
class RequestAnswers:
    """Pure ASGI, because a framework's own handler of the 500 stands outside its middleware.

    No error leaves this layer, so the server never writes an answer of its own.
    """

    app: AsgiApp
    service_name: str
    release_id: str
    is_draining: Callable[[], bool]
    cut_requests: int = field(default=0, init=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = current_request.get()
        if scope["type"] != "http" or request is None:
            await self.app(scope, receive, send)
            return
        request_id = scope["request_id"] = _request_id(scope)
        current_request_id.set(request_id)
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = dict(message.get("headers", [])) | self._headers(scope, request)
                message = {**message, "headers": list(headers.items())}
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except BaseException as error:
            if isinstance(error, asyncio.CancelledError):
                self.cut_requests += 1
            problem = problem_of(error, request_id)
            if started:
                # Already answered, or broken off: the server closes an answer without an end.
                request.status = problem.status
            else:
                answer = ProblemResponse(problem, request_id)
                await answer(scope, receive, send_with_headers)
        finally:
            self._log(scope, request, request_id)

    def _headers(self, scope: Scope, request: RequestMarks) -> dict[bytes, bytes]:
        headers = {
            b"x-request-id": scope["request_id"].encode(),
            b"x-release": self.release_id.encode(),
            b"server-timing": b"db;desc=%d" % request.database_calls,
        }
        if request.cache != "none":
            use = scope.get(_CACHE_USE) or ("hit" if request.cache == "hit" else "fwd=miss")
            headers[b"cache-status"] = f"{self.service_name}; {use}".encode()
        if self.is_draining():
            headers[b"connection"] = b"close"
        return headers

    def _log(self, scope: Scope, request: RequestMarks, request_id: str) -> None:
        log_fields(
            "error" if request.status >= 500 else "info",
            "request",
            requestId=request_id,
            release=self.release_id,
            client=_client_address(scope),
            method=scope["method"],
            route=getattr(scope.get("route"), "path", None),
            status=request.status,
            durationMs=request.duration_us() / 1000,
            cache=request.cache,
            dbCalls=request.database_calls,
        )


def name_cache_use(scope: Scope, use: str) -> None:
    """Says in the Cache-Status of a request why its cache was not asked."""
    scope[_CACHE_USE] = use


def _client_address(scope: Scope) -> str | None:
    client = scope.get("client")
    # A trusted proxy passes on what its client wrote, and a scope (fe80::1%eth0) is any text.
    address = "" if client is None else client[0].partition("%")[0]
    try:
        return str(ip_address(address))
    except ValueError:
        return None


def _request_id(scope: Scope) -> str:
    given = [value for name, value in scope["headers"] if name == b"x-request-id"]
    if len(given) == 1 and _REQUEST_ID.fullmatch(given[0]):
        return str(given[0], "ascii")
    return str(uuid.uuid4())
