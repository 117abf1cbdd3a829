"""Runs the application under uvicorn until a signal says stop."""

import asyncio
import math
import os
import signal
import socket
from collections.abc import Sequence
from types import FrameType

import uvicorn

from .app import Application
from .json_log import log_fields
from .migrate import log_newer_database
from .request_protocol import request_protocol
from .service import SERVICE_NAME
from .service_manager import notify
from .settings import Settings


class GracefulServer(uvicorn.Server):
    """Says when it listens, and turns readiness off at the signal rather than at its next tick."""

    def __init__(
        self,
        settings: Settings,
        application: Application,
        proxies: Sequence[str],
        newer: Sequence[int] = (),
    ) -> None:
        http = settings.http_server
        super().__init__(
            uvicorn.Config(
                application.asgi,
                http=request_protocol(http, settings.service.release_id),
                ws="none",
                lifespan="on",
                loop="asyncio",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=bool(proxies),
                forwarded_allow_ips=list(proxies),
                timeout_keep_alive=math.ceil(http.keep_alive_timeout_ms / 1000),
                timeout_graceful_shutdown=math.ceil(http.drain_timeout_ms / 1000),
                h11_max_incomplete_event_size=http.max_header_bytes,
            )
        )
        self._settings, self._application, self._newer = settings, application, newer
        self._signal_name: str | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts to serve, then writes the first line of the log."""
        await super().startup(sockets)
        address = (sockets or [])[0].getsockname()
        # A socket that was passed on may be a file.
        port = self._settings.http_server.port if isinstance(address, str) else address[1]
        log_fields(
            "info",
            "listening",
            service=SERVICE_NAME,
            release=self._settings.service.release_id,
            environment=self._settings.deploy_environment,
            host=self._settings.http_server.host,
            port=port,
            pid=os.getpid(),
        )
        if self._newer:
            log_newer_database(self._newer)
        notify("READY=1")

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Takes a signal. It may interrupt a log line, so it writes none itself."""
        # After a second one uvicorn leaves the lifespan open, and the process would never end.
        if self._signal_name is not None:
            return
        self._application.health.drain()
        self._signal_name = signal.Signals(sig).name
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops accepting, waits for the requests in flight, then ends the lifespan."""
        log_fields("info", "stopping", signal=self._signal_name)
        notify("STOPPING=1")
        await super().shutdown(sockets)


def run_server(
    settings: Settings,
    application: Application,
    listener: socket.socket,
    proxies: Sequence[str],
    newer: Sequence[int],
) -> int:
    """Serves until SIGTERM or SIGINT and returns the exit code: 1 when requests were cut.

    `newer` are the migrations in the database that this release does not know.
    """
    server = GracefulServer(settings, application, proxies, newer)
    # While it serves, uvicorn handles both signals; afterwards it raises them again, which would
    # turn an orderly stop into a death by signal.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    asyncio.run(server.serve(sockets=[listener]))
    cut = application.answers.cut_requests
    if cut:
        log_fields("error", "requests were cut off", cut=cut)
    log_fields("info", "stopped")
    return 1 if cut else 0
