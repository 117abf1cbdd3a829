"""Closes a connection so that the client can still read its answer."""

import asyncio
from collections.abc import Callable
from typing import Any


class LingeringTransport:
    """A transport whose close() first ends only its own side while the client still sends.

    Closed at once, a connection with unread bytes is reset, and the client loses the answer.
    """

    def __init__(
        self, transport: asyncio.Transport, is_sending: Callable[[], bool], seconds: float
    ) -> None:
        self._transport, self._is_sending, self._seconds = transport, is_sending, seconds
        self.lingering = False

    def close(self) -> None:
        """Closes; a second call does so at once."""
        if self.lingering or self._transport.is_closing() or not self._is_sending():
            self._transport.close()
            return
        try:
            self._transport.write_eof()
        except OSError:
            # The client is gone already.
            self._transport.close()
            return
        self.lingering = True
        self._transport.resume_reading()
        asyncio.get_running_loop().call_later(self._seconds, self._transport.close)

    def is_closing(self) -> bool:
        """Whether nothing more can be sent."""
        return self.lingering or self._transport.is_closing()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
