"""The marks of a request, and whether its client still waits for the answer."""

import time
from collections.abc import Awaitable
from typing import Any

from ...asgi import Message, Receive, Send
from .request_marks import STATUS_CLIENT_GONE, RequestMarks


class MeasuredRequest(RequestMarks):
    """Stands between a server and an application; one small object for each request."""

    __slots__ = ("_is_whole", "_receive", "_send", "is_gone")

    def __init__(self, receive: Receive, send: Send) -> None:
        # The work of the base class, which a call would make half as long again.
        self.started = time.perf_counter()
        self.database_calls = 0
        self.cache = "none"
        self.route = None
        self.status = STATUS_CLIENT_GONE
        self.is_gone = self._is_whole = False
        self._receive, self._send = receive, send

    async def receive(self) -> Message:
        """Receives a message for the application, and sees the client go."""
        message = await self._receive()
        # Afterwards a server says that the client is gone, whoever it is.
        if message["type"] == "http.disconnect" and not self._is_whole:
            self.is_gone = True
            self.status = STATUS_CLIENT_GONE
        return message

    # Not a coroutine of its own: it would cost as much again as what it does.
    def send(self, message: Message) -> Awaitable[None]:
        """Sends a message of the application, and notes the status."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif not message.get("more_body", False):
            # A server drops an answer to nobody in silence, so it is asked.
            if self.is_gone or self._has_left():
                self.status = STATUS_CLIENT_GONE
            self._is_whole = True
        return self._send(message)

    def end_with_error(self) -> None:
        """Notes that the application gave up."""
        self.status = STATUS_CLIENT_GONE if self.is_gone else 500

    def let_go(self) -> None:
        """Drops the connection; the marks stay.

        A timer that the server starts within the request keeps its context until long after it was
        cancelled. With the connection in it, that cost more than all of the measuring.
        """
        self._receive, self._send = _receive_nothing, _send_nothing

    def _has_left(self) -> bool:
        # uvicorn knows, and asking it costs as much as all the rest.
        known = getattr(getattr(self._send, "__self__", None), "disconnected", None)
        if known is not None:
            return bool(known)
        # Asks without waiting. What it may take away is a body that nobody read.
        asked: Any = self._receive()
        try:
            asked.send(None)
        except StopIteration as answer:
            return bool(answer.value["type"] == "http.disconnect")
        asked.close()
        return False


async def _receive_nothing() -> Message:
    return {"type": "http.disconnect"}


async def _send_nothing(_message: Message) -> None:
    return None
