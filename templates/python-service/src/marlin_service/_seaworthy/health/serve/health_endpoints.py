"""Answers the probes before everything else, and measures every other request."""

import time

from ...asgi import AsgiApp, Receive, Scope, Send
from ..health import Health
from ..recording.measured_request import MeasuredRequest
from ..recording.request_marks import current_request
from .carries_token import CarriesToken
from .create_endpoints import ENDPOINTS, METHOD_NOT_ALLOWED, Endpoint


class HealthEndpoints:
    """Pure ASGI: wraps an application and adds its probes, its metrics and its page."""

    def __init__(self, app: AsgiApp, health: Health, token: str) -> None:
        self._app, self._health = app, health
        self._recorder = health.recorder
        self._carries_token = CarriesToken(token)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        endpoint = ENDPOINTS.get(scope["path"])
        if endpoint is not None:
            await self._answer(endpoint, scope, send)
            return
        # Not in a function of its own: every request comes by here, and a coroutine costs.
        request = MeasuredRequest(receive, send)
        token = current_request.set(request)
        self._recorder.active_requests += 1
        try:
            await self._app(scope, request.receive, request.send)
        except Exception:
            request.end_with_error()
            raise
        finally:
            current_request.reset(token)
            if request.route is None and "route" in scope:
                request.route = getattr(scope["route"], "path", None)
            self._recorder.end(time.perf_counter(), request, scope["method"])
            request.let_go()

    async def _answer(self, endpoint: Endpoint, scope: Scope, send: Send) -> None:
        method = scope["method"]
        if method in ("GET", "HEAD"):
            answer = endpoint(self._health, self._may_read_all(scope))
        else:
            answer = METHOD_NOT_ALLOWED
        await answer.send(send, head=method == "HEAD", closes=self._health.draining)

    def _may_read_all(self, scope: Scope) -> bool:
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        return len(given) == 1 and self._carries_token(given[0])
