"""Takes over the listening socket that a service manager passed on, as sd_listen_fds does."""

import socket
from collections.abc import MutableMapping
from os import getpid
from typing import Final

from .start_error import StartError

# The first descriptor that the protocol passes on.
_DESCRIPTOR: Final = 3
_NAMES: Final = ("LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES")
_BACKLOG: Final = 2048


def passed_on_socket(environ: MutableMapping[str, str]) -> socket.socket | None:
    """Returns the socket, or None where this process was passed none; then host and port count.

    The variables are deleted, so that no child takes the socket for its own. What clients send
    while no process listens waits in the socket, so a restart refuses nobody.
    Raises StartError when it is not exactly one listening socket.
    """
    if environ.get("LISTEN_PID") != str(getpid()):
        return None
    count = environ.get("LISTEN_FDS", "")
    for name in _NAMES:
        environ.pop(name, None)
    if count != "1":
        raise _socket_unusable(f'LISTEN_FDS: "{count}" (string)')
    try:
        listener = socket.socket(fileno=_DESCRIPTOR)
    except OSError:
        raise _socket_unusable(f"descriptor {_DESCRIPTOR}: no socket") from None
    listener.set_inheritable(False)
    listener.setblocking(False)
    try:
        if listener.family in (socket.AF_INET, socket.AF_INET6):
            # The server sets it only where it binds itself; see listening_socket.py.
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.listen(_BACKLOG)
    except OSError:
        raise _socket_unusable(f"descriptor {_DESCRIPTOR}: it cannot listen") from None
    return listener


def _socket_unusable(got: str) -> StartError:
    return StartError(
        "the socket that was passed on cannot be used",
        code="START_SOCKET_UNUSABLE",
        got=got,
        expected="LISTEN_FDS=1 and a listening stream socket as descriptor 3",
        fix="let the service manager pass exactly one such socket (systemd: one ListenStream= in"
        " one .socket unit)",
        retry="no: the same environment fails again",
    )
