"""The address is bound before anything serves, and a failure says what to do."""

import socket

import pytest

from marlin_service.listening_socket import open_listening_socket
from marlin_service.start_error import StartError


def test_port_0_binds_a_free_port_without_delay() -> None:
    with open_listening_socket("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)


def test_a_port_that_is_held_is_said() -> None:
    with open_listening_socket("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(StartError) as caught:
            open_listening_socket("127.0.0.1", port)
    assert str(caught.value) == (
        "StartError: the port is in use. The service did not start.\n"
        "   code      START_PORT_IN_USE\n"
        f"   got       127.0.0.1:{port}\n"
        "   expected  a port nobody listens on\n"
        "   fix       stop the process that holds it, or set HTTP_PORT to another port\n"
        "   retry     yes: once the port is free\n"
        "   owner     marlin-team"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "host.invalid", "x" * 70])
def test_an_address_of_another_machine_is_said(host: str) -> None:
    with pytest.raises(StartError) as caught:
        open_listening_socket(host, 0)
    assert str(caught.value) == (
        "StartError: the address cannot be used. The service did not start.\n"
        "   code      START_ADDRESS_UNUSABLE\n"
        f"   got       {host}:0\n"
        "   expected  an address of this machine and a port this process may bind\n"
        "   fix       set HTTP_HOST and HTTP_PORT\n"
        "   retry     no: the same address fails again\n"
        "   owner     marlin-team"
    )
