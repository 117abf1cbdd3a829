"""Answers the probes before everything else, and measures every other request."""

import hashlib
import hmac
import json
import re
from typing import Any, Final

from .asgi import AsgiApp, Message, Receive, Scope, Send
from .health import Health
from .health_document import health_document
from .measured_request import STATUS_CLIENT_GONE, MeasuredRequest, current_request

_BEARER: Final = re.compile(rb"[Bb][Ee][Aa][Rr][Ee][Rr] +(.+)")
_NO_STORE: Final = [(b"cache-control", b"no-store")]
_PROBES: Final = frozenset({"/livez", "/readyz", "/healthz"})


class HealthEndpoints:
    """Pure ASGI: wraps an application and adds its probes."""

    def __init__(self, app: AsgiApp, health: Health, token: str) -> None:
        self._app, self._health = app, health
        self._token = _digest(token.encode("utf-8", "surrogateescape"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] in _PROBES:
            await self._answer(scope, send)
        else:
            await self._measure(scope, receive, send)

    async def _answer(self, scope: Scope, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            headers = [(b"allow", b"GET, HEAD"), *_NO_STORE]
            await send({"type": "http.response.start", "status": 405, "headers": headers})
            await send({"type": "http.response.body"})
            return
        status, document = 200, {"status": "pass"}
        if scope["path"] == "/readyz" and not self._health.ready():
            status, document = 503, {"status": "fail"}
        if scope["path"] == "/healthz":
            document = health_document(self._health, full=self._may_read_all(scope))
            status = 503 if document["status"] == "fail" else 200
        await _send_json(send, status, document, head=scope["method"] == "HEAD")

    def _may_read_all(self, scope: Scope) -> bool:
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        match = _BEARER.fullmatch(given[0]) if len(given) == 1 else None
        # Digests have one length, so the comparison takes one time whatever was sent.
        return match is not None and hmac.compare_digest(_digest(match[1]), self._token)

    async def _measure(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = MeasuredRequest()
        connection = _Connection(scope, receive)

        async def send_measured(message: Message) -> None:
            if message["type"] == "http.response.start":
                gone = connection.is_gone()
                request.status = STATUS_CLIENT_GONE if gone else message["status"]
            await send(message)

        token = current_request.set(request)
        try:
            await self._app(scope, connection.receive, send_measured)
        finally:
            current_request.reset(token)
            self._health.record(request)


class _Connection:
    """Knows whether the client still waits; a server drops an answer to nobody in silence."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._receive = receive
        names = {name for name, _ in scope["headers"]}
        self._arrived = not names & {b"content-length", b"transfer-encoding"}
        self._gone = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._gone = self._gone or message["type"] == "http.disconnect"
        self._arrived = self._arrived or not message.get("more_body", False)
        return message

    def is_gone(self) -> bool:
        """Asks without waiting. While a body is on its way it is not asked, or would be lost."""
        if self._gone or not self._arrived:
            return self._gone
        asked: Any = self.receive()
        try:
            asked.send(None)
        except StopIteration:
            return self._gone
        asked.close()
        return False


async def _send_json(send: Send, status: int, document: dict[str, Any], *, head: bool) -> None:
    body = json.dumps(document, separators=(",", ":")).encode()
    headers = [
        (b"content-type", b"application/health+json"),
        (b"content-length", str(len(body)).encode()),
        *_NO_STORE,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else body})


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
