"""The orders resource, row by row of its contract."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

ORDER: dict[str, Any] = {"orderNumber": "A-1001", "sku": "SKU-1", "quantity": 2}


def calls(answer: Any) -> str:
    return str(answer.headers["server-timing"])


def test_a_new_order_is_created_with_one_call(client: TestClient) -> None:
    answer = client.post("/orders", json=ORDER)
    assert answer.status_code == 201
    assert answer.headers["location"] == "/orders/A-1001"
    assert calls(answer) == "db;desc=1"
    assert "cache-status" not in answer.headers
    body = answer.json()
    assert list(body) == ["orderNumber", "sku", "quantity", "createdAt"]
    assert body["createdAt"].endswith("Z")
    assert len(body["createdAt"]) == 24


def test_the_same_order_again_is_the_stored_one_with_two_calls(client: TestClient) -> None:
    first = client.post("/orders", json=ORDER)
    again = client.post("/orders", json=ORDER)
    assert (again.status_code, calls(again)) == (200, "db;desc=2")
    assert again.json() == first.json()
    assert "location" not in again.headers


def test_other_content_under_the_same_number_is_a_conflict(client: TestClient) -> None:
    client.post("/orders", json=ORDER)
    other = client.post("/orders", json={**ORDER, "quantity": 3})
    assert (other.status_code, calls(other)) == (409, "db;desc=2")
    assert other.json() == {
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "detail": "This order number is already stored with other content.",
        "code": "order_conflict",
        "expected": "the same content, or a new order number",
        "retryable": False,
        "requestId": other.headers["x-request-id"],
    }


@pytest.mark.parametrize("quantity", ["1", "2.0", "1e2", "10000"])
def test_a_whole_number_may_be_written_in_any_way_of_json(
    client: TestClient, quantity: str
) -> None:
    body = f'{{"orderNumber":"A-1","sku":"S","quantity":{quantity}}}'.replace("A-1", "A-10")
    answer = client.post("/orders", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 201
    assert answer.json()["quantity"] == float(quantity)


def test_an_order_is_read_once_and_then_from_the_cache(client: TestClient) -> None:
    created = client.post("/orders", json=ORDER).json()
    miss, hit = client.get("/orders/A-1001"), client.get("/orders/A-1001")
    assert (miss.status_code, miss.json(), calls(miss)) == (200, created, "db;desc=1")
    assert (hit.status_code, hit.json(), calls(hit)) == (200, created, "db;desc=0")
    assert miss.headers["cache-status"].endswith("; fwd=miss")
    assert hit.headers["cache-status"].endswith("; hit")


def test_an_order_that_does_not_exist_is_asked_for_each_time(client: TestClient) -> None:
    for _ in range(2):
        answer = client.get("/orders/A-404")
        assert (answer.status_code, calls(answer)) == (404, "db;desc=1")
        assert answer.headers["cache-status"].endswith("; fwd=miss")


@pytest.mark.parametrize("number", ["a-1001", "A1", "-A-1001", "A" * 41, "A%0A1", "%FF", "A_1001"])
def test_an_order_that_cannot_exist_costs_no_call(client: TestClient, number: str) -> None:
    answer = client.get(f"/orders/{number}")
    assert (answer.status_code, calls(answer)) == (404, "db;desc=0")
    assert "cache-status" not in answer.headers


def test_orders_are_listed_newest_first(client: TestClient) -> None:
    for number in range(25):
        client.post("/orders", json={**ORDER, "orderNumber": f"A-{number:03}"})
    listed = client.get("/orders")
    numbers = [order["orderNumber"] for order in listed.json()["orders"]]
    assert numbers == [f"A-{number:03}" for number in range(24, 4, -1)]
    assert calls(listed) == "db;desc=1"
    assert len(client.get("/orders?limit=3").json()["orders"]) == 3
    assert len(client.get("/orders?limit=100").json()["orders"]) == 25


@pytest.mark.parametrize(
    "limit", ["0", "101", "-1", "5.0", "+5", "1_0", "%205", "5%0A", "", "x", "%D9%A5", "1&limit=2"]
)
def test_a_limit_that_could_be_misread_is_refused(client: TestClient, limit: str) -> None:
    answer = client.get(f"/orders?limit={limit}")
    assert (answer.status_code, calls(answer)) == (422, "db;desc=0")
    assert answer.json()["code"] == "invalid_query"
    assert answer.json()["errors"] == [
        {"pointer": "/limit", "detail": "expected a whole number from 1 to 100"}
    ]


def pages(client: TestClient, path: str) -> list[list[str]]:
    """Follows the links to the end."""
    found = []
    while path:
        answer = client.get(path)
        assert (answer.status_code, calls(answer)) == (200, "db;desc=1")
        found.append([order["orderNumber"] for order in answer.json()["orders"]])
        after = answer.json()["next"]
        link = answer.headers.get("link", "")
        assert (after is None) == (link == "")
        path = "" if after is None else link.removeprefix("<").partition(">")[0]
        assert path.endswith("" if after is None else f"&after={after}")
    return found


def test_a_list_goes_on_page_by_page_while_new_orders_arrive(client: TestClient) -> None:
    for number in range(5):
        client.post("/orders", json={**ORDER, "orderNumber": f"A-{number:03}"})
    assert pages(client, "/orders?limit=2") == [["A-004", "A-003"], ["A-002", "A-001"], ["A-000"]]
    assert pages(client, "/orders?limit=5") == [["A-004", "A-003", "A-002", "A-001", "A-000"]]
    after = client.get("/orders?limit=2").json()["next"]
    client.post("/orders", json={**ORDER, "orderNumber": "B-000"})
    assert pages(client, f"/orders?limit=2&after={after}") == [["A-002", "A-001"], ["A-000"]]


def test_without_orders_there_is_one_empty_page(client: TestClient) -> None:
    assert client.get("/orders").json() == {"orders": [], "next": None}


@pytest.mark.parametrize(
    "after", ["", "NDI=", "NDI==", "42", "MA", "LTE", "MDQy", "eA", "OTAwNzE5OTI1NDc0MDk5Mg", "N D"]
)
def test_a_cursor_that_no_answer_named_is_refused(client: TestClient, after: str) -> None:
    answer = client.get("/orders", params={"after": after})
    assert (answer.status_code, calls(answer)) == (422, "db;desc=0")
    detail = "expected the `next` of an earlier answer"
    assert answer.json()["errors"] == [{"pointer": "/after", "detail": detail}]


def test_every_fault_of_a_query_is_named(client: TestClient) -> None:
    for query in ("limit=0&after=x", "limit=1&limit=2&after=NDI&after=NDI"):
        errors = client.get(f"/orders?{query}").json()["errors"]
        assert [each["pointer"] for each in errors] == ["/limit", "/after"]


def test_head_is_answered_as_get_is(client: TestClient) -> None:
    client.post("/orders", json=ORDER)
    assert client.head("/orders").status_code == 200
    assert client.head("/orders/A-1001").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/orders", "GET, HEAD, POST"),
        ("PUT", "/orders", "GET, HEAD, POST"),
        ("OPTIONS", "/orders", "GET, HEAD, POST"),
        ("POST", "/orders/A-1001", "GET, HEAD"),
        ("DELETE", "/orders/A-1001", "GET, HEAD"),
    ],
)
def test_a_known_path_names_its_methods(
    client: TestClient, method: str, path: str, allowed: str
) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    assert answer.json()["code"] == "method_not_allowed"
    assert calls(answer) == "db;desc=0"


@pytest.mark.parametrize("path", ["/", "/order", "/orders/", "/orders/A-1001/", "/docs"])
def test_an_unknown_path_is_not_found(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, calls(answer)) == (404, "db;desc=0")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["expected"] == "a path this service serves and an order number that exists"
