"""What goes back to whoever asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ...asgi import Send

Header = tuple[bytes, bytes]

_KEPT: Final[Sequence[Header]] = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)


@dataclass(frozen=True)
class EndpointAnswer:
    """Made from memory, so it is whole before the first byte leaves."""

    status: int
    headers: Sequence[Header]
    body: bytes

    async def send(self, send: Send, *, head: bool, closes: bool) -> None:
        """Sends it, without its body to HEAD; `closes` ends the connection after it."""
        length = (b"content-length", b"%d" % len(self.body))
        close = [(b"connection", b"close")] if closes else []
        headers = [*_KEPT, *self.headers, length, *close]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if head else self.body})
