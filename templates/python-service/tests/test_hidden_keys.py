"""A field of a hidden name stands nowhere in the log, and what is logged never fails its caller."""

import json
import logging
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest
from pydantic import BaseModel, Field

from marlin_service.hidden_keys import HiddenKeys
from marlin_service.json_log import JsonFormatter

HIDDEN = "authorization,set-cookie,api_key,x-api-key"


def line_of(**fields: Any) -> dict[str, Any]:
    record = logging.LogRecord("x", logging.INFO, "", 0, "x", None, None)
    record.__dict__["fields"] = fields
    line: dict[str, Any] = json.loads(JsonFormatter(HiddenKeys(HIDDEN)).format(record))
    return line


@pytest.mark.parametrize(
    "key",
    [
        "authorization",
        "Authorization",
        "set-cookie",
        "Set-Cookie",
        "setCookie",
        "set_cookie",
        "SET_COOKIE",
        "apikey",
        "api-key",
        "x_api_key",
        "xApiKey",
    ],
)
def test_a_hidden_key_stands_nowhere(key: str) -> None:
    deep = {"list": [{"inner": ({key: "hunter2", "kept": 1},)}], key: {"a": "hunter2"}}
    line = line_of(**{"deep": deep, key: "hunter2", "kept": 2})
    assert line["deep"] == {"list": [{"inner": [{"kept": 1}]}]}
    assert line["kept"] == 2
    assert "hunter2" not in json.dumps(line)


def test_a_key_that_only_begins_alike_is_kept() -> None:
    line = line_of(authorizations=1, api={"key": 2})
    assert (line["authorizations"], line["api"]) == (1, {"key": 2})


def test_the_caller_keeps_what_the_log_leaves_out() -> None:
    fields = {"api_key": "a", "list": [{"api_key": "b"}]}
    line_of(**fields)
    assert fields == {"api_key": "a", "list": [{"api_key": "b"}]}


@dataclass(frozen=True)
class Data:
    api_key: str = "hunter2"
    kept: int = 1
    unseen: str = field(default="hunter2", repr=False)


class Model(BaseModel, extra="allow"):
    api_key: str = "hunter2"
    kept: int = 1
    unseen: str = Field(default="hunter2", repr=False)


class Named(NamedTuple):
    api_key: str = "hunter2"
    kept: int = 1


@pytest.mark.parametrize(
    "value", [Data(), Model(), Model.model_validate({"x_api_key": 1}), Named()]
)
def test_what_has_named_fields_is_looked_through(value: Any) -> None:
    assert line_of(value=value)["value"] == {"kept": 1}
    assert line_of(list=[{"inner": value}])["list"] == [{"inner": {"kept": 1}}]
    assert line_of(values={Data()})["values"] == [{"kept": 1}]


def test_a_class_is_no_value_of_it() -> None:
    assert line_of(of=Data)["of"].startswith("<class ")


def test_what_holds_itself_ends() -> None:
    holder: list[Any] = []
    holder.append(holder)
    model = Model.model_validate({"other": holder})
    holder.append({"model": model})
    assert line_of(list=holder)["list"] == [
        "[Circular]",
        {"model": {"kept": 1, "other": "[Circular]"}},
    ]


@pytest.mark.parametrize(
    ("empty", "cut"), [({}, "[Object]"), ([], "[Array]"), (Data(), "[Object]")]
)
def test_what_nests_too_deep_is_cut(empty: Any, cut: str) -> None:
    value = empty
    for _ in range(5):
        value = [value]
    assert line_of(value=value)["value"] == [[[[[cut]]]]]


def test_ten_thousand_levels_are_no_error_of_the_caller() -> None:
    value: Any = {}
    for _ in range(10_000):
        value = {"a": value}
    assert line_of(value=value)["value"] == {"a": {"a": {"a": {"a": {"a": "[Object]"}}}}}


class Unreadable:
    def __repr__(self) -> str:
        raise RecursionError


def test_what_cannot_be_read_is_said() -> None:
    line = line_of(value=Unreadable(), other=[Unreadable(), 1])
    assert (line["value"], line["other"]) == ("[not readable]", ["[not readable]", 1])
