"""What a client can send that is no proper request."""

import json
import socket
from collections.abc import Iterator

import pytest

from service_process import ServiceProcess, running

POST = b"POST /orders HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\n"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    folder = tmp_path_factory.mktemp("raw")
    with running(folder, HTTP_REQUEST_TIMEOUT="1s", HTTP_MAX_HEADER_SIZE="4KiB") as service:
        yield service


def exchange(service: ServiceProcess, sent: bytes) -> tuple[int, bytes, dict[str, object]]:
    """Sends bytes, and reads one answer that closes the connection."""
    with service.connect() as connection:
        connection.sendall(sent)
        return read_answer(connection)


def read_answer(connection: socket.socket) -> tuple[int, bytes, dict[str, object]]:
    head, _, body = connection.makefile("rb").read().partition(b"\r\n\r\n")
    return int(head.split()[1]), head, json.loads(body)


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"hello\r\n\r\n", 400, "malformed_request"),
        (b"GET /\xff HTTP/1.1\r\nhost: h\r\n\r\n", 400, "malformed_request"),
        (POST + b"content-length: x\r\n\r\n", 400, "malformed_request"),
        (POST + b"transfer-encoding: chunked\r\n\r\nzz\r\n", 400, "malformed_request"),
        (b"GET / HTTP/1.1\r\nhost: h\r\nx: " + b"x" * 8000, 431, "headers_too_large"),
        (b"GET / HTTP/1.1\r\nx: " + b"x" * 5000 + b"\r\n\r\n", 431, "headers_too_large"),
        (b"GET / HTTP/1.1\r\nhost:", 408, "request_timeout"),
        (POST + b"content-length: 9\r\n\r\n{", 408, "request_timeout"),
    ],
)
def test_bytes_that_are_no_request_are_a_problem(
    service: ServiceProcess, sent: bytes, status: int, code: str
) -> None:
    answered, head, problem = exchange(service, sent)
    assert (answered, problem["code"]) == (status, code)
    assert b"content-type: application/problem+json" in head
    assert b"connection: close" in head
    assert f"x-request-id: {problem['requestId']}".encode() in head
    assert b"x-release: unreleased" in head


def test_a_connection_that_says_nothing_is_closed(service: ServiceProcess) -> None:
    with service.connect() as connection:
        assert connection.recv(1) == b""


@pytest.mark.parametrize("connection", ["close", "keep-alive"])
@pytest.mark.parametrize(
    ("path", "content_type", "status"),
    [
        ("/orders", "application/json", 413),
        ("/orders", "text/plain", 415),
        ("/nothing", "text/plain", 404),
    ],
)
def test_the_answer_to_five_megabytes_arrives(
    service: ServiceProcess, connection: str, path: str, content_type: str, status: int
) -> None:
    head = f"POST {path} HTTP/1.1\r\nhost: h\r\ncontent-type: {content_type}\r\n"
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with service.connect() as client:
        rest = f"transfer-encoding: chunked\r\nconnection: {connection}\r\n\r\n"
        client.sendall(f"{head}{rest}".encode())
        for _ in range(80):
            client.sendall(chunk)
        client.sendall(b"0\r\n\r\n")
        assert client.recv(4096).startswith(f"HTTP/1.1 {status}".encode())


def test_two_requests_on_one_connection_are_answered_in_turn(service: ServiceProcess) -> None:
    with service.connect() as connection:
        connection.sendall(b"GET /orders HTTP/1.1\r\nhost: h\r\n\r\n" * 2)
        received = b""
        while received.count(b'{"orders":[],"next":null}') < 2:
            received += connection.recv(4096)
    assert received.count(b"HTTP/1.1 200") == 2


def test_the_service_still_serves_and_named_no_request_an_error(service: ServiceProcess) -> None:
    with service.connect() as connection:
        connection.sendall(POST + b"content-length: 9\r\n\r\n{")
    assert service.request("GET", "/orders")[0] == 200
    assert service.stop() == 0
    assert 499 in [line.get("status") for line in service.lines]
    assert [line for line in service.lines if line["level"] == "error"] == []
    assert service.error == ""
