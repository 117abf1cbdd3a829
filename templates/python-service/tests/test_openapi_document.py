"""The OpenAPI document is made from the routes, and names those of service.json."""

import json
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

FACTS = json.loads((Path(__file__).parents[1] / "service.json").read_text(encoding="utf-8"))


def served(client: TestClient) -> Any:
    return client.get("/openapi.json").json()


def test_it_has_the_routes_of_service_json(client: TestClient) -> None:
    described = {
        (method.upper(), path)
        for path, operations in served(client)["paths"].items()
        for method in operations
    }
    assert described == {(each["method"], each["path"]) for each in FACTS["routes"]}


def test_every_error_is_a_problem(client: TestClient) -> None:
    for operations in served(client)["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                expected = "application/json" if status < "400" else "application/problem+json"
                assert list(response["content"]) == [expected]


def test_it_can_be_asked_for_its_head_and_is_not_written(client: TestClient) -> None:
    assert client.head("/openapi.json").status_code == 200
    assert client.post("/openapi.json").headers["allow"] == "GET, HEAD"
