"""The same request with the same key gets the same answer again."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import DBAPIError

from marlin_service.database import CommandDatabase, Database, Session
from marlin_service.idempotency import AnswerOnce, KeptAnswer
from marlin_service.order_store import OrderStore
from marlin_service.problem import Problem
from marlin_service.settings import Settings

from captured_log import LogLines

ORDER: dict[str, Any] = {"orderNumber": "A-1001", "sku": "SKU-1", "quantity": 2}
KEYS = "SELECT key FROM idempotency_keys WHERE key <> 'first' ORDER BY key"


@pytest.fixture
def client(client: TestClient) -> TestClient:
    """The first key of a process prunes, which costs a call more."""
    post(client, "first", {**ORDER, "orderNumber": "A-0001"})
    return client


def post(client: TestClient, key: str, order: object = ORDER) -> Any:
    return client.post("/orders", json=order, headers={"idempotency-key": key})


def seen(answer: Any) -> tuple[Any, ...]:
    names = ("location", "content-type", "idempotency-replayed", "server-timing")
    return (answer.status_code, *(answer.headers.get(name) for name in names))


def test_the_first_answer_is_given_again(client: TestClient) -> None:
    first, again = post(client, "k"), post(client, '"k"')
    kind = "application/json"
    assert seen(first) == (201, "/orders/A-1001", kind, None, "db;desc=5")
    assert seen(again) == (201, "/orders/A-1001", kind, "true", "db;desc=1")
    assert again.content == first.content


def test_an_order_that_is_there_and_a_conflict_are_kept_too(client: TestClient) -> None:
    post(client, "k1")
    there, there_again = post(client, "k2"), post(client, "k2")
    assert seen(there) == (200, None, "application/json", None, "db;desc=6")
    assert seen(there_again) == (200, None, "application/json", "true", "db;desc=1")
    other = {**ORDER, "quantity": 3}
    conflict, conflict_again = post(client, "k3", other), post(client, "k3", other)
    kind = "application/problem+json"
    assert seen(conflict) == (409, None, kind, None, "db;desc=6")
    assert seen(conflict_again) == (409, None, kind, "true", "db;desc=1")
    assert conflict_again.content == conflict.content
    assert conflict.json()["requestId"] == conflict.headers["x-request-id"]


def test_an_order_that_is_gone_again_is_no_conflict_to_keep(
    client: TestClient, database: CommandDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def taken(*_: object) -> None:
        return None

    monkeypatch.setattr(OrderStore, "insert", taken)
    assert post(client, "k").status_code == 500
    assert database.execute(KEYS) == []
    monkeypatch.undo()
    assert post(client, "k").status_code == 201


def test_another_body_under_the_key_is_refused(client: TestClient) -> None:
    post(client, "k")
    refused = post(client, "k", {**ORDER, "quantity": 3})
    assert seen(refused)[0] == 422
    assert refused.json()["code"] == "idempotency_key_reused"


def test_the_same_order_written_otherwise_is_the_same_body(client: TestClient) -> None:
    post(client, "k")
    body = '{ "quantity": 2.0, "sku": "SKU-1", "orderNumber": "A-1001" }'
    headers = {"content-type": "application/json", "idempotency-key": "k"}
    answer = client.post("/orders", content=body, headers=headers)
    assert answer.headers["idempotency-replayed"] == "true"


def test_nothing_of_a_wrong_request_is_kept(client: TestClient, database: CommandDatabase) -> None:
    assert post(client, "k", {**ORDER, "quantity": 0}).status_code == 422
    assert database.execute(KEYS) == []
    assert post(client, "k").status_code == 201


@pytest.mark.parametrize(
    "key", ["", " ", '""', "a b", '"a b"', '"a', 'a"', '"a";b=1', '"\\a"', "é".encode(), "x" * 256]
)
def test_what_is_no_key_is_refused(client: TestClient, key: str | bytes) -> None:
    given = key if isinstance(key, bytes) else key.encode()
    answer = client.post("/orders", json={}, headers=[(b"idempotency-key", given)])
    assert seen(answer) == (400, None, "application/problem+json", None, "db;desc=0")
    assert answer.json()["code"] == "invalid_idempotency_key"


def test_two_keys_are_none(client: TestClient) -> None:
    headers = [("idempotency-key", "a"), ("idempotency-key", "b")]
    assert client.post("/orders", json=ORDER, headers=headers).status_code == 400


@pytest.mark.parametrize("key", ["!", "a,b", "x" * 255, '"a\\"b\\\\c"', f'"{"x" * 255}"'])
def test_what_is_a_key_is_taken(client: TestClient, database: CommandDatabase, key: str) -> None:
    assert post(client, key).status_code == 201
    bare = key[1:-1].replace('\\"', '"').replace("\\\\", "\\") if key[0] == '"' else key
    assert database.execute(KEYS) == [(bare,)]


def test_the_body_is_looked_at_before_the_key(client: TestClient) -> None:
    headers = {"idempotency-key": "a b", "content-type": "application/json"}
    assert client.post("/orders", content="{", headers=headers).json()["code"] == "malformed_json"


def test_a_key_is_never_logged(client: TestClient, log_lines: LogLines) -> None:
    for order in (ORDER, ORDER, {**ORDER, "quantity": 3}):
        post(client, "hunter2", order)
    assert len(log_lines()) == 3
    assert "hunter2" not in str(log_lines())


def test_of_many_at_once_one_stores_and_all_get_its_answer(client: TestClient) -> None:
    with ThreadPoolExecutor(8) as workers:
        answers = list(workers.map(lambda _: post(client, "k"), range(8)))
    assert len({(answer.status_code, answer.content) for answer in answers}) == 1
    assert [seen(answer)[3] for answer in answers].count(None) == 1


def test_an_order_that_cannot_be_kept_is_not_stored(
    client: TestClient, database: CommandDatabase
) -> None:
    database.execute(
        "CREATE TRIGGER t BEFORE INSERT ON idempotency_keys BEGIN SELECT RAISE(FAIL, 'x'); END"
    )
    assert post(client, "k").status_code == 500
    assert database.execute("SELECT order_number FROM orders") == [("A-0001",)]


def test_old_keys_are_forgotten_a_thousand_at_a_time_by_each_hundredth_key(
    settings: Settings, database: CommandDatabase
) -> None:
    database.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)"
        " INSERT INTO idempotency_keys SELECT 'old-' || i, '', 201, '', NULL, 1 FROM n"
    )

    async def answer_often() -> list[int]:
        requests = Database(settings.service.database_url, settings.database)
        once, sizes = AnswerOnce(requests, 1000), []
        for number in range(1, 102):
            await once.answer(f"key-{number}", "sha", answer_at_once)
            if number in (1, 100, 101):
                [(size,)] = database.execute(
                    "SELECT count(*) FROM idempotency_keys WHERE key LIKE 'old-%'"
                )
                sizes.append(size)
        await requests.close()
        return sizes

    assert asyncio.run(answer_often()) == [500, 500, 0]


async def answer_at_once(_: Session) -> KeptAnswer:
    return KeptAnswer(200, "{}")


class LockedSession:
    """Somebody else holds what its statements need, for longer than lock_timeout."""

    async def execute(self, *_: object) -> list[Any]:
        raise DBAPIError("INSERT", None, psycopg.errors.LockNotAvailable())


async def wait_for_order(session: Session) -> KeptAnswer:
    await session.execute("INSERT")
    return KeptAnswer(200, "{}")


def ask_locked(settings: Settings, work: Callable[[Session], Awaitable[KeptAnswer]]) -> None:
    async def run() -> None:
        database = Database(settings.service.database_url, settings.database)

        async def transaction(within: Callable[[Any], Awaitable[KeptAnswer]]) -> KeptAnswer:
            return await within(LockedSession())

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(database, "transaction", transaction)
            try:
                await AnswerOnce(database, 1000).answer("k", "sha", work)
            finally:
                await database.close()

    asyncio.run(run())


@pytest.mark.usefixtures("database")
def test_a_key_that_is_waited_for_too_long_is_a_409_and_another_row_is_not(
    settings: Settings,
) -> None:
    with pytest.raises(Problem) as caught:
        ask_locked(settings, answer_at_once)
    assert (caught.value.status, caught.value.code) == (409, "idempotency_key_in_use")
    assert (caught.value.retryable, caught.value.headers) == (True, {"retry-after": "1"})
    with pytest.raises(DBAPIError):
        ask_locked(settings, wait_for_order)
