"""Binds the address of the service before the server starts."""

import errno
import socket
from typing import Final

from .start_error import StartError

_BACKLOG: Final = 2048


def open_listening_socket(host: str, port: int) -> socket.socket:
    """Returns a listening socket; port 0 binds a free one.

    Listens at once, since two processes may bind one port but not listen on it.
    Raises StartError when the address cannot be used.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        listener = socket.socket(family, kind, protocol)
        try:
            _listen(listener, address)
        except BaseException:
            listener.close()
            raise
    except (OSError, UnicodeError) as error:
        in_use = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        raise (_port_in_use if in_use else _address_unusable)(host, port) from error
    return listener


def _listen(listener: socket.socket, address: tuple[object, ...]) -> None:
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Accepted connections inherit it; without it a kept connection waits 40 ms for each answer.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind(address)
    listener.listen(_BACKLOG)
    listener.setblocking(False)


def _port_in_use(host: str, port: int) -> StartError:
    return StartError(
        "the port is in use",
        code="START_PORT_IN_USE",
        got=_written(host, port),
        expected="a port nobody listens on",
        fix="stop the process that holds it, or set HTTP_PORT to another port",
        retry="yes: once the port is free",
    )


def _address_unusable(host: str, port: int) -> StartError:
    return StartError(
        "the address cannot be used",
        code="START_ADDRESS_UNUSABLE",
        got=_written(host, port),
        expected="an address of this machine and a port this process may bind",
        fix="set HTTP_HOST and HTTP_PORT",
        retry="no: the same address fails again",
    )


def _written(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
