"""Answers what is no request, where uvicorn would write plain text or wait for ever."""

import asyncio
import sys
import uuid
from typing import Final, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from . import problems
from ._seaworthy.default_groups.http_server import HttpServer
from .json_log import log_fields
from .lingering_transport import LingeringTransport
from .problem import Problem

# A body that is late is answered by the application; this is for what it never sees.
_GRACE_SECONDS: Final = 1.0
_ANSWERABLE: Final = (h11.IDLE, h11.SEND_RESPONSE)


def request_protocol(limits: HttpServer, release_id: str) -> type[H11Protocol]:
    """Returns uvicorn's protocol with a limit on the time a whole request takes to arrive."""

    class RequestProtocol(H11Protocol):
        _lingering: LingeringTransport
        _timer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            seconds = limits.request_timeout_ms / 1000
            self._lingering = LingeringTransport(transport, self._is_sending, seconds)
            super().connection_made(cast("asyncio.Transport", self._lingering))
            self._watch()

        def data_received(self, data: bytes) -> None:
            if self._lingering.lingering:
                return
            if self._head_is_too_large(data):
                self._refuse(problems.headers_too_large(limits.max_header_bytes))
            else:
                super().data_received(data)
                self._watch()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self._watch()

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            self._unwatch()

        def shutdown(self) -> None:
            # A head that is half sent is still answered, and its answer closes the connection.
            if self.conn.their_state is not h11.IDLE or not self.conn.trailing_data[0]:
                super().shutdown()

        def send_400_response(self, msg: str) -> None:
            error = sys.exception()
            too_large = getattr(error, "error_status_hint", 400) == 431
            limit = limits.max_header_bytes
            self._refuse(
                problems.headers_too_large(limit) if too_large else problems.malformed_request()
            )

        def _head_is_too_large(self, data: bytes) -> bool:
            # The parser limits only a head that comes in pieces.
            if self.conn.their_state is not h11.IDLE:
                return False
            before = len(self.conn.trailing_data[0])
            return before + data.find(b"\r\n\r\n") > limits.max_header_bytes

        def _watch(self) -> None:
            if not self._is_arriving():
                self._unwatch()
            elif self._timer is None:
                seconds = limits.request_timeout_ms / 1000 + _GRACE_SECONDS
                self._timer = self.loop.call_later(seconds, self._give_up)

        def _unwatch(self) -> None:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

        def _is_arriving(self) -> bool:
            if self.transport.is_closing():
                return False
            began = bool(self.conn.trailing_data[0]) or self.cycle is None
            state = self.conn.their_state
            return state is h11.SEND_BODY or (state is h11.IDLE and began)

        def _is_sending(self) -> bool:
            return self.conn.their_state in (h11.SEND_BODY, h11.ERROR)

        def _give_up(self) -> None:
            if self.conn.trailing_data[0] and self.conn.our_state is h11.IDLE:
                self._refuse(problems.request_timeout(limits.written("request_timeout_ms")))
            else:
                self.transport.close()

        def _refuse(self, problem: Problem) -> None:
            if self.conn.our_state in _ANSWERABLE:
                request_id = str(uuid.uuid4())
                self._write(problem, request_id)
                log_fields(
                    "info",
                    "request refused",
                    requestId=request_id,
                    release=release_id,
                    status=problem.status,
                    code=problem.code,
                )
            if self.cycle is not None:
                # The application still waits for the rest of a body that will not come.
                self.cycle.disconnected = True
                self.cycle.message_event.set()
            self.transport.close()

        def _write(self, problem: Problem, request_id: str) -> None:
            body = problem.body(request_id)
            headers = {
                "content-type": "application/problem+json",
                "content-length": str(len(body)),
                "x-request-id": request_id,
                "x-release": release_id,
                "server-timing": "db;desc=0",
                "connection": "close",
            }
            start = h11.Response(status_code=problem.status, headers=list(headers.items()))
            for event in (start, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")

    return RequestProtocol
