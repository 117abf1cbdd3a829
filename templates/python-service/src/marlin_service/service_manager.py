"""Tells the service manager that the service is ready, and that it stops."""

import os
import socket
from collections.abc import Mapping
from typing import Literal

from .json_log import error_fields, log_fields


def notify(
    state: Literal["READY=1", "STOPPING=1"], environ: Mapping[str, str] = os.environ
) -> None:
    """Sends the state to the socket that NOTIFY_SOCKET names; without it nobody asked to be told.

    A failure is logged: the service serves all the same.
    """
    address = environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.setblocking(False)
            # An address of Linux that is no file is written with @.
            manager.sendto(state.encode(), f"\0{address[1:]}" if address[0] == "@" else address)
    except OSError as error:
        log_fields("error", "the service manager was not told", error=error_fields(error))
