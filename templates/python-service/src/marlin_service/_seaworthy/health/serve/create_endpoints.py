"""What each path answers, from memory: none waits for a check or runs one."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from ..health import Health
from .build_document import build_document
from .endpoint_answer import EndpointAnswer
from .metrics.render_metrics import METRICS_CONTENT_TYPE, render_metrics
from .plain_numbers import plain_numbers
from .status_page.render_status_page import STATUS_PAGE_HEADERS, render_status_page
from .well_formed import well_formed

Endpoint = Callable[[Health, bool], EndpointAnswer]

METHOD_NOT_ALLOWED: Final = EndpointAnswer(405, [(b"allow", b"GET, HEAD")], b"")
# The same for a wrong token and for none sent. Two challenges: a browser asks for the first.
UNAUTHORIZED: Final = EndpointAnswer(
    401,
    [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"www-authenticate", b'Basic realm="health", charset="UTF-8"'),
        (b"www-authenticate", b'Bearer realm="health"'),
    ],
    b"Not authorized.\n",
)


def _livez(health: Health, reads_all: bool) -> EndpointAnswer:
    return _health({"status": "pass"})


def _readyz(health: Health, reads_all: bool) -> EndpointAnswer:
    return _health({"status": "pass" if health.ready() else "fail"})


def _startupz(health: Health, reads_all: bool) -> EndpointAnswer:
    return _health({"status": "pass" if health.started() else "fail"})


def _healthz(health: Health, reads_all: bool) -> EndpointAnswer:
    return _health(plain_numbers(build_document(health.snapshot(), full=reads_all)))


def _metrics(health: Health, reads_all: bool) -> EndpointAnswer:
    if not reads_all:
        return UNAUTHORIZED
    headers = [(b"content-type", METRICS_CONTENT_TYPE)]
    return EndpointAnswer(200, headers, render_metrics(health.snapshot()).encode())


def _status(health: Health, reads_all: bool) -> EndpointAnswer:
    if not reads_all:
        return UNAUTHORIZED
    return EndpointAnswer(200, STATUS_PAGE_HEADERS, render_status_page(health.snapshot()).encode())


# The first four are open to everybody; whoever may read all gets more of the document.
ENDPOINTS: Final[Mapping[str, Endpoint]] = {
    "/livez": _livez,
    "/readyz": _readyz,
    "/startupz": _startupz,
    "/healthz": _healthz,
    "/metrics": _metrics,
    "/status": _status,
}


def _health(document: Mapping[str, object]) -> EndpointAnswer:
    status = 503 if document["status"] == "fail" else 200
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    headers = [(b"content-type", b"application/health+json")]
    return EndpointAnswer(status, headers, well_formed(body).encode())
