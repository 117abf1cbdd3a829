"""A real process from its first line to its exit code."""

import signal
from pathlib import Path

import pytest

from service_process import running

ORDER = '{"orderNumber":"A-1001","sku":"SKU-1","quantity":2}'
JSON = {"content_type": "application/json"}
TOKEN = {"authorization": "Bearer development-health-token"}


def test_orders_are_taken_and_the_numbers_agree(tmp_path: Path) -> None:
    with running(tmp_path, RELEASE_ID="v1.2.3") as service:
        assert service.request("GET", "/readyz")[0] == 200
        status, headers, created = service.request("POST", "/orders", ORDER, **JSON)
        assert (status, headers["x-release"], headers["server-timing"]) == (
            201,
            "v1.2.3",
            "db;desc=1",
        )
        assert service.request("POST", "/orders", ORDER, **JSON)[0] == 200
        reads = [service.request("GET", "/orders/A-1001") for _ in range(2)]
        assert [read[2] for read in reads] == [created, created]
        assert [read[1]["server-timing"] for read in reads] == ["db;desc=1", "db;desc=0"]

        checks = service.request("GET", "/healthz", **TOKEN)[2]["checks"]
        assert checks["http:errorRate"][0]["requests"] == 4
        assert checks["db:callsPerRequest"][0]["calls"] == 4
        assert (checks["cache:hitRatio"][0]["hits"], checks["cache:hitRatio"][0]["misses"]) == (
            1,
            1,
        )
        assert checks["database:responseTime"][0]["status"] == "pass"

        assert service.stop() == 0
        messages = [line["message"] for line in service.lines]
        assert messages == ["listening", *["request"] * 4, "stopping", "stopped"]
        first = service.first_line
        assert (first["environment"], first["release"]) == ("test", "v1.2.3")
        assert first["pid"] == service.process.pid
        assert service.lines[-2]["signal"] == "SIGTERM"
        assert service.error == ""


FORWARDED = {"x_forwarded_for": "198.51.100.9, 203.0.113.7"}


@pytest.mark.parametrize(
    ("proxies", "client"),
    [("none", "127.0.0.1"), ("127.0.0.0/8", "203.0.113.7"), ("10.0.0.0/8", "127.0.0.1")],
)
def test_the_log_shows_the_client_that_a_trusted_proxy_names(
    tmp_path: Path, proxies: str, client: str
) -> None:
    with running(tmp_path, HTTP_TRUSTED_PROXIES=proxies) as service:
        assert service.request("GET", "/orders", **FORWARDED)[0] == 200
        assert service.stop() == 0
        [line] = [line for line in service.lines if line["message"] == "request"]
        assert line["client"] == client


def test_a_field_that_is_to_be_hidden_is_in_no_line(tmp_path: Path) -> None:
    with running(tmp_path, LOG_REDACT_KEYS="durationMs,db_calls") as service:
        assert service.request("GET", "/orders")[0] == 200
        assert service.stop() == 0
        [line] = [line for line in service.lines if line["message"] == "request"]
        assert "client" in line
        assert not {"durationMs", "dbCalls"} & set(line)


def test_orders_outlive_a_restart(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        service.request("POST", "/orders", ORDER, **JSON)
        assert service.stop(signal.SIGINT) == 0
    with running(tmp_path) as service:
        assert service.request("POST", "/orders", ORDER, **JSON)[0] == 200
        assert service.stop() == 0


def test_a_request_in_flight_is_finished_and_an_idle_connection_is_closed(tmp_path: Path) -> None:
    with running(tmp_path) as service, service.connect() as busy, service.connect() as idle:
        idle.sendall(b"GET /livez HTTP/1.1\r\nhost: h\r\n\r\n")
        received = b""
        while not received.endswith(b'{"status":"pass"}'):
            received += idle.recv(4096)
        head = f"content-type: application/json\r\ncontent-length: {len(ORDER)}\r\n\r\n"
        busy.sendall(f"POST /orders HTTP/1.1\r\nhost: h\r\n{head}{ORDER[:9]}".encode())
        assert service.request("GET", "/orders")[0] == 200
        service.process.send_signal(signal.SIGTERM)
        assert idle.recv(4096) == b""
        busy.sendall(ORDER[9:].encode())
        answer = busy.makefile("rb").read()
        assert answer.startswith(b"HTTP/1.1 201")
        assert b"connection: close" in answer
        assert service.wait() == 0


def test_a_head_that_is_half_sent_is_answered_while_it_drains(tmp_path: Path) -> None:
    with running(tmp_path) as service, service.connect() as busy, service.connect() as idle:
        busy.sendall(b"GET /livez HTTP/1.1\r\nhost: h\r\n\r\nGET /readyz HTTP/1.1\r\n")
        received = b""
        while not received.endswith(b'{"status":"pass"}'):
            received += busy.recv(4096)
        # An answer on another connection: what was half sent was read before it.
        assert service.request("GET", "/orders")[0] == 200
        service.process.send_signal(signal.SIGTERM)
        assert idle.recv(4096) == b""
        busy.sendall(b"host: h\r\n\r\n")
        answer = busy.makefile("rb").read()
        assert answer.startswith(b"HTTP/1.1 503")
        assert b"connection: close" in answer
        assert answer.endswith(b'{"status":"fail"}')
        assert service.wait() == 0


@pytest.mark.parametrize(("path", "kind"), [("/metrics", "text/plain"), ("/status", "text/html")])
def test_the_token_opens_the_metrics_and_the_page(tmp_path: Path, path: str, kind: str) -> None:
    with running(tmp_path) as service, service.connect() as asker:
        token = TOKEN["authorization"]
        head = f"GET {path} HTTP/1.1\r\nhost: h\r\nconnection: close\r\n"
        asker.sendall(f"{head}authorization: {token}\r\n\r\n".encode())
        answer = asker.makefile("rb").read().decode()
        assert answer.startswith("HTTP/1.1 200")
        assert f"content-type: {kind}; " in answer
        assert "database" in answer
        assert service.stop() == 0


def test_a_request_that_does_not_end_is_cut_and_said(tmp_path: Path) -> None:
    with running(tmp_path, HTTP_DRAIN_TIMEOUT="1s") as service, service.connect() as stuck:
        stuck.sendall(
            b"POST /orders HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\n"
            b"content-length: 9\r\n\r\n{"
        )
        assert service.request("GET", "/orders")[0] == 200
        assert service.stop() == 1
        *_, cut, stopped = service.lines
        assert (cut["level"], cut["message"], cut["cut"]) == ("error", "requests were cut off", 1)
        assert stopped["message"] == "stopped"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_changes_nothing(tmp_path: Path, number: signal.Signals) -> None:
    with running(tmp_path) as service:
        service.process.send_signal(number)
        service.process.send_signal(signal.SIGTERM)
        assert service.wait() == 0
