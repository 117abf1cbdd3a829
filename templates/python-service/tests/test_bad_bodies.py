"""Bodies that are no order: each is refused with its reason, and none is echoed."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

JSON = {"content-type": "application/json"}
NUMBER = {
    "pointer": "/orderNumber",
    "detail": "expected 3 to 40 characters A-Z, 0-9 or -, not beginning with -",
}
SKU = {
    "pointer": "/sku",
    "detail": "expected 1 to 40 characters A-Z, 0-9 or -, not beginning with -",
}
QUANTITY = {"pointer": "/quantity", "detail": "expected a whole number from 1 to 10000"}
OBJECT = {"pointer": "", "detail": "expected an object with orderNumber, sku and quantity"}
VALID = '"orderNumber":"A-1001","sku":"SKU-1","quantity":2'


def unknown(pointer: str) -> dict[str, str]:
    return {"pointer": pointer, "detail": "expected no such field"}


def post(client: TestClient, body: str | bytes, content_type: str = "application/json") -> Any:
    return client.post("/orders", content=body, headers={"content-type": content_type})


@pytest.mark.parametrize(
    "body",
    [
        "",
        " ",
        "{",
        "{,}",
        "{'a':1}",
        '{"a":NaN}',
        '{"a":Infinity}',
        '{"a":-Infinity}',
        '{"a":01}',
        '{"a":1} x',
        '{"a":"\n"}',
        b'{"a":"\xff"}',
        b"\xff\xfe{\x00}\x00",
        "[" * 900,
        "[" * 101 + "]" * 101,
    ],
)
def test_what_is_not_json_is_malformed(client: TestClient, body: str | bytes) -> None:
    answer = post(client, body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed_json"
    assert answer.headers["server-timing"] == "db;desc=0"


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/jsonp",
        "application/problem+json",
        "json",
        "multipart/form-data",
    ],
)
def test_a_body_not_declared_as_json_is_not_read(client: TestClient, content_type: str) -> None:
    answer = post(client, f"{{{VALID}}}", content_type)
    assert answer.status_code == 415
    assert answer.json()["code"] == "unsupported_media_type"


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "Application/JSON", "application/json;"]
)
def test_json_may_be_declared_with_parameters(client: TestClient, content_type: str) -> None:
    assert post(client, f"{{{VALID}}}", content_type).status_code == 201


@pytest.mark.parametrize("body", ["null", "true", "5", '"x"', "[]", f"[{{{VALID}}}]"])
def test_what_is_not_an_object_is_refused_as_a_whole(client: TestClient, body: str) -> None:
    answer = post(client, body)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [OBJECT]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ("", [NUMBER, SKU, QUANTITY]),
        ('"quantity":0,"sku":""', [NUMBER, SKU, QUANTITY]),
        (VALID.replace("2", '"2"'), [QUANTITY]),
        (VALID.replace("2", "true"), [QUANTITY]),
        (VALID.replace("2", "2.5"), [QUANTITY]),
        (VALID.replace("2", "10001"), [QUANTITY]),
        (VALID.replace("2", "-1"), [QUANTITY]),
        (VALID.replace("2", "null"), [QUANTITY]),
        (VALID.replace("2", "1e400"), [QUANTITY]),
        (VALID.replace("2", "-1e400"), [QUANTITY]),
        (VALID.replace("2", "[2]"), [QUANTITY]),
        (VALID.replace("A-1001", "a-1001"), [NUMBER]),
        (VALID.replace("A-1001", "A-"), [NUMBER]),
        (VALID.replace("A-1001", "-A-1"), [NUMBER]),
        (VALID.replace("A-1001", "A" * 41), [NUMBER]),
        (VALID.replace("A-1001", r"A-1001\n"), [NUMBER]),
        (VALID.replace("A-1001", "Ä-1001"), [NUMBER]),
        (VALID.replace("SKU-1", r"\ud800"), [SKU]),
        (VALID.replace("SKU-1", r"A\u0000"), [SKU]),
        (VALID + ',"note":1', [unknown("/note")]),
        (VALID + ',"order_number":1', [unknown("/order_number")]),
        (VALID + ',"":1', [unknown("/")]),
        (VALID + ',"a/b~c":{"quantity":[]}', [unknown("/a~1b~0c")]),
        (VALID + r',"\ud800":1', [unknown("/\ud800")]),
        (VALID + ',"__proto__":{}', [unknown("/__proto__")]),
        (VALID + f',"{"x" * 60}":1', [unknown(f"/{'x' * 40}")]),
        ('"b":1,"quantity":"2","a":1', [NUMBER, SKU, QUANTITY, unknown("/b"), unknown("/a")]),
    ],
)
def test_each_field_at_fault_is_named(
    client: TestClient, fields: str, errors: list[dict[str, str]]
) -> None:
    answer = post(client, f"{{{fields}}}")
    body = answer.json()
    assert answer.status_code == 422
    assert body["errors"] == errors
    assert body["code"] == "invalid_order"
    assert answer.headers["server-timing"] == "db;desc=0"


def test_json_may_begin_with_a_byte_order_mark_and_be_nested_a_hundred_deep(
    client: TestClient,
) -> None:
    assert post(client, b"\xef\xbb\xbf[]").status_code == 422
    assert post(client, "[" * 100 + "]" * 100).status_code == 422


def test_a_number_of_a_thousand_digits_is_too_large_and_not_malformed(client: TestClient) -> None:
    assert post(client, f"{{{VALID.replace('2', '9' * 900)}}}").json()["errors"] == [QUANTITY]


def test_an_answer_stays_small_however_many_fields_are_unknown(client: TestClient) -> None:
    body = json.dumps({f"{number}": 0 for number in range(105)})
    assert len(post(client, body).json()["errors"]) == 100


def test_the_input_is_never_echoed(client: TestClient) -> None:
    body = '{"orderNumber":"hunter2","sku":"hunter2","quantity":"hunter2"}'
    assert "hunter2" not in post(client, body).text


def test_a_body_that_declares_too_much_is_refused(client: TestClient) -> None:
    answer = post(client, "x" * 1025)
    assert answer.status_code == 413
    assert answer.json()["code"] == "body_too_large"
    assert answer.json()["expected"] == "at most 1024 bytes"
    assert answer.json()["title"] == "Content Too Large"


def test_a_body_that_grows_too_large_is_refused(client: TestClient) -> None:
    answer = client.post("/orders", content=(b" " * 100 for _ in range(11)), headers=JSON)
    assert answer.status_code == 413


def test_a_body_of_exactly_the_limit_is_read(client: TestClient) -> None:
    body = f"{{{VALID}}}"
    assert post(client, body + " " * (1024 - len(body))).status_code == 201


def test_an_unknown_path_answers_whatever_was_sent(client: TestClient) -> None:
    assert client.post("/nothing", content="x" * 5000).status_code == 404
    assert client.put("/orders", content="x" * 5000).status_code == 405
