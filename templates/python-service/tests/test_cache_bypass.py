"""An order is read past the cache by whoever has the token, and by nobody else."""

import base64
from typing import Any

import pytest
from fastapi.testclient import TestClient

from marlin_service.database import CommandDatabase

TOKEN = "development-health-token"
ORDER: dict[str, Any] = {"orderNumber": "A-1001", "sku": "SKU-1", "quantity": 1}
BASIC = base64.b64encode(f"anybody:{TOKEN}".encode()).decode()


def read(client: TestClient, number: str = "A-1001", **headers: str) -> tuple[Any, ...]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = client.get(f"/orders/{number}", headers=named)
    use = answer.headers["cache-status"].partition("; ")[2]
    return answer.status_code, use, answer.json().get("quantity")


@pytest.fixture
def corrected(client: TestClient, database: CommandDatabase) -> TestClient:
    for number in ("A-1001", "A-1002"):
        created = client.post("/orders", json={**ORDER, "orderNumber": number})
        assert created.status_code == 201, created.text
        assert read(client, number) == (200, "fwd=miss", 1)
    database.execute("UPDATE orders SET quantity = 2")
    return client


@pytest.mark.parametrize("authorization", [f"Bearer {TOKEN}", f"Basic {BASIC}"])
@pytest.mark.parametrize("written", ["no-cache", "max-age=0, No-Cache"])
def test_one_entry_is_replaced(corrected: TestClient, authorization: str, written: str) -> None:
    asked = read(corrected, cache_control=written, authorization=authorization)
    assert asked == (200, "fwd=request", 2)
    assert read(corrected) == (200, "hit", 2)
    assert read(corrected, "A-1002") == (200, "hit", 1)


@pytest.mark.parametrize(
    "headers",
    [
        {"cache_control": "no-cache"},
        {"authorization": f"Bearer {TOKEN}"},
        {"cache_control": "no-cache", "authorization": "Bearer wrong-health-token"},
        {"cache_control": "no-cached", "authorization": f"Bearer {TOKEN}"},
    ],
)
def test_for_anybody_else_a_hit_stays_a_hit(corrected: TestClient, headers: dict[str, str]) -> None:
    assert read(corrected, **headers) == (200, "hit", 1)


def test_it_counts_as_a_miss(corrected: TestClient) -> None:
    headers = {"authorization": f"Bearer {TOKEN}"}

    def counted() -> tuple[int, int, int]:
        checks = corrected.get("/healthz", headers=headers).json()["checks"]
        [ratio], [calls] = checks["cache:hitRatio"], checks["db:callsPerRequest"]
        return ratio["hits"], ratio["misses"], calls["calls"]

    hits, misses, calls = counted()
    read(corrected, cache_control="no-cache", authorization=f"Bearer {TOKEN}")
    assert counted() == (hits, misses + 1, calls + 1)


def test_what_is_gone_is_forgotten(corrected: TestClient, database: CommandDatabase) -> None:
    database.execute("DELETE FROM orders WHERE order_number = 'A-1001'")
    asked = read(corrected, cache_control="no-cache", authorization=f"Bearer {TOKEN}")
    assert asked == (404, "fwd=request", None)
    assert read(corrected) == (404, "fwd=miss", None)
