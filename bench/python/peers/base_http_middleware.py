"""The same numbers in the same recorder, by the middleware that FastAPI's own documentation shows."""

import time

from hello import create_app
from marlin_service._seaworthy.health import RequestMarks, current_request
from recorded import health, mark
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

PROBES = {"/livez", "/readyz", "/startupz", "/healthz", "/metrics", "/status"}


async def measure(request: Request, call_next: RequestResponseEndpoint) -> Response:
    if request.url.path in PROBES:
        return JSONResponse({"status": "pass"})
    marks = RequestMarks()
    token = current_request.set(marks)
    health.recorder.active_requests += 1
    try:
        response = await call_next(request)
        marks.status = response.status_code
        return response
    finally:
        current_request.reset(token)
        route = request.scope.get("route")
        marks.route = getattr(route, "path", None)
        health.recorder.end(time.perf_counter(), marks, request.method)


app = create_app(mark)
app.add_middleware(BaseHTTPMiddleware, dispatch=measure)
