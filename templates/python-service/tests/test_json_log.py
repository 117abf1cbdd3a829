"""A line of the log is one JSON object, whatever is in it."""

import json
import logging
import sys
from typing import Any

import pytest

from marlin_service.hidden_keys import HiddenKeys
from marlin_service.json_log import JsonFormatter, log_fields, start_log


def formatted(message: str, level: int = logging.INFO, hidden: str = "token", **extra: Any) -> str:
    record = logging.LogRecord("x", level, "", 0, message, None, None)
    record.created = 1_800_000_000.1234
    record.__dict__.update(extra)
    return JsonFormatter(HiddenKeys(hidden)).format(record)


def test_time_level_and_message_come_first() -> None:
    assert formatted("hello", fields={"port": 1}) == (
        '{"time":"2027-01-15T08:00:00.123Z","level":"info","message":"hello","port":1}'
    )


@pytest.mark.parametrize(
    ("level", "name"), [(10, "debug"), (20, "info"), (30, "warn"), (40, "error"), (50, "error")]
)
def test_levels_have_the_names_of_the_settings(level: int, name: str) -> None:
    assert json.loads(formatted("x", level))["level"] == name


@pytest.mark.parametrize("text", ["a\nb", "\ud800", "\u2028", "\x1b[31m", "é"])
def test_nothing_breaks_a_line(text: str) -> None:
    line = formatted("x", fields={"text": text})
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["text"] == text


def test_an_error_has_type_message_and_stack() -> None:
    try:
        raise ValueError("why")
    except ValueError:
        line = json.loads(formatted("x", exc_info=sys.exc_info()))
    assert line["error"]["type"] == "ValueError"
    assert line["error"]["message"] == "why"
    assert line["error"]["stack"].endswith("ValueError: why\n")


def test_a_field_never_takes_the_place_of_what_the_line_says_itself() -> None:
    fields = {"time": 1, "level": "debug", "message": "other", "Level": 2}
    line = json.loads(formatted("hello", fields=fields))
    assert list(line) == ["time", "level", "message", "time_", "level_", "message_", "Level"]
    assert (line["level"], line["message"], line["message_"]) == ("info", "hello", "other")


def test_what_is_below_the_level_or_hidden_is_not_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    monkeypatch.setattr(logging.getLogger("service"), "level", 0)
    monkeypatch.setattr(logging, "captureWarnings", lambda _: None)
    start_log("warn", "token,set-cookie")
    log_fields("info", "quiet")
    log_fields("warn", "loud", Token="hunter2", nested={"setCookie": "hunter2", "a": 1})
    logging.getLogger("uvicorn.error").info("quiet")
    [line] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert list(line) == ["time", "level", "message", "nested"]
    assert (line["message"], line["nested"]) == ("loud", {"a": 1})
