"""Who may see what, over HTTP."""

import asyncio
import base64

import pytest
from fastapi.testclient import TestClient

from marlin_service._seaworthy.asgi import Message, Receive, Scope, Send
from marlin_service._seaworthy.health import (
    Check,
    Health,
    HealthEndpoints,
)
from marlin_service._seaworthy.health.serve.carries_token import (
    CarriesToken,
)

from seen_requests import health_of

TOKEN = "a-token-of-24-characters"
OPEN = ["/livez", "/readyz", "/startupz", "/healthz"]
GUARDED = ["/metrics", "/status"]


def basic(credentials: str) -> str:
    return f"Basic {base64.b64encode(credentials.encode()).decode()}"


class Dependency:
    runs = 0

    async def run(self) -> None:
        self.runs += 1
        raise ConnectionError("postgres://u:hunter2@db")


@pytest.fixture
def dependency() -> Dependency:
    return Dependency()


@pytest.fixture
def health(dependency: Dependency) -> Health:
    return health_of(checks={"database": Check(run=dependency.run)})


@pytest.fixture
def client(health: Health) -> TestClient:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return TestClient(HealthEndpoints(app, health, TOKEN))


RIGHT = [f"Bearer {TOKEN}", f"bearer  {TOKEN}", basic(f"anybody:{TOKEN}"), basic(f":{TOKEN}")]
WRONG = [
    "",
    "Bearer",
    "Bearer ",
    "Bearer wrong",
    TOKEN,
    f"Bearer {TOKEN}x",
    f"Basic {TOKEN}",
    basic(TOKEN),
    basic(f"{TOKEN}:"),
    "Basic é",
    "Digest x",
]


@pytest.mark.parametrize("path", [*OPEN, *GUARDED])
def test_get_and_head_are_answered_and_no_other_method(client: TestClient, path: str) -> None:
    headers = {"authorization": RIGHT[0]}
    got, head = client.get(path, headers=headers), client.head(path, headers=headers)
    assert (got.status_code, head.status_code, head.content) == (200, 200, b"")
    for answer in (got, head):
        assert int(answer.headers["content-length"]) > 0
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
    refused = client.post(path, headers=headers)
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")
    assert (refused.content, refused.headers["cache-control"]) == (b"", "no-store")


def test_no_body_is_handed_to_the_server_for_head(health: Health) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("a probe reached the application")

    scope = {"type": "http", "method": "HEAD", "path": "/livez", "headers": []}
    asyncio.run(HealthEndpoints(app, health, TOKEN)(scope, receive, send))
    start, body = sent
    assert (b"content-length", b"17") in start["headers"]
    assert body["body"] == b""


@pytest.mark.parametrize("path", OPEN)
def test_what_is_open_is_answered_whatever_the_query(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?x=1&y")
    assert answer.headers["content-type"] == "application/health+json"
    assert answer.json()["status"] in ("pass", "warn")


@pytest.mark.parametrize("path", ["/livez/", "/LIVEZ", "/metricsx", "/"])
def test_any_other_path_is_of_the_application(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 418


@pytest.mark.parametrize("path", GUARDED)
@pytest.mark.parametrize("authorization", WRONG)
def test_without_the_token_a_page_is_refused(
    client: TestClient, path: str, authorization: str
) -> None:
    answer = client.get(path, headers=[(b"authorization", authorization.encode())])
    assert (answer.status_code, answer.text) == (401, "Not authorized.\n")
    assert answer.headers.get_list("www-authenticate") == [
        'Basic realm="health", charset="UTF-8"',
        'Bearer realm="health"',
    ]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("authorization", WRONG)
def test_without_the_token_the_document_names_no_dependency(
    client: TestClient, authorization: str
) -> None:
    answer = client.get("/healthz", headers=[(b"authorization", authorization.encode())])
    assert answer.status_code == 200
    assert list(answer.json()) == [
        "status",
        "contract",
        "serviceId",
        "releaseId",
        "answers",
        "numbers",
    ]
    assert "database" not in answer.text


@pytest.mark.parametrize("authorization", RIGHT)
def test_the_token_opens_everything(client: TestClient, authorization: str) -> None:
    headers = {"authorization": authorization}
    for path in ("/healthz", *GUARDED):
        assert "database" in client.get(path, headers=headers).text


def test_two_tokens_are_none(client: TestClient) -> None:
    headers = [("authorization", RIGHT[0]), ("authorization", RIGHT[0])]
    assert client.get("/metrics", headers=headers).status_code == 401


@pytest.mark.parametrize("token", ["with:colon-and-more", "pässwort-mit-umlaut"])
def test_a_token_may_hold_any_characters(token: str) -> None:
    carries = CarriesToken(token)
    assert carries(b"Bearer " + token.encode())
    assert carries(basic(f"user:{token}").encode())
    assert not carries(basic(token).encode())


def test_draining_turns_readiness_off_leaves_liveness_and_closes(
    client: TestClient, health: Health
) -> None:
    health.drain()
    assert client.get("/livez").status_code == 200
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()) == (503, {"status": "fail"})
    assert ready.headers["connection"] == "close"
    document = client.get("/healthz")
    assert (document.status_code, document.json()["answers"]["up"]) == (503, "draining")


def test_a_start_that_is_held_back_is_said(dependency: Dependency) -> None:
    health = health_of(checks={"warm-up": Check(run=dependency.run, gates="startup")})
    client = TestClient(HealthEndpoints(lambda *_: dependency.run(), health, TOKEN))
    assert client.get("/startupz").status_code == 503
    assert client.get("/readyz").status_code == 503
    assert client.get("/livez").status_code == 200
    assert client.get("/healthz").json()["answers"]["up"] == "starting"


def test_probes_run_no_check_and_are_not_counted(
    client: TestClient, health: Health, dependency: Dependency
) -> None:
    for path in [*OPEN, *GUARDED]:
        for _ in range(20):
            client.get(path, headers={"authorization": RIGHT[0]})
            client.post(path)
    assert dependency.runs == 0
    assert health.snapshot().window.total.requests == 0


def test_the_error_of_a_check_is_served_to_nobody(client: TestClient, health: Health) -> None:
    [check] = health.checks.all
    asyncio.run(check.run_once())
    for path in [*OPEN, *GUARDED]:
        answer = client.get(path, headers={"authorization": RIGHT[0]})
        assert "hunter2" not in f"{answer.text} {answer.headers}"
