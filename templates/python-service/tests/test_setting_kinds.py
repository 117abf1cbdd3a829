"""Each kind of setting against the texts both languages share."""

import pytest

from marlin_service._seaworthy.quantity_kinds import (
    Bytes,
    Count,
    Duration,
)
from marlin_service._seaworthy.setting import Refused, Setting
from marlin_service._seaworthy.text_kinds import (
    OneOf,
    SecretText,
    Text,
    Url,
)

TEXTS = {"owner": "team", "reason": "r", "expect": "e", "rollback": "b"}

DURATION = Duration(env="T", default="30s", minimum="1s", maximum="5m", **TEXTS)
SIZE = Bytes(env="B", default="1MiB", minimum="1KiB", maximum="50MiB", **TEXTS)
COUNT = Count(env="C", default="8080", minimum=0, maximum=65535, **TEXTS)
LEVEL = OneOf(env="L", default="info", words=("debug", "info", "warn", "error"), **TEXTS)
TEXT = Text(env="X", **TEXTS)
URL = Url(env="U", protocols=("sqlite:",), **TEXTS)
SECRET = SecretText(env="S", min_length=16, **TEXTS)

NO_UNIT = "it is not a whole number followed by one of ms, s, m, h"
NO_SIZE = "it is not a whole number followed by one of B, KiB, MiB, GiB"
NO_DIGITS = "it is not a whole number written with digits only"
NO_TEXT = "it has a character that is not allowed, or is too long"


@pytest.mark.parametrize(
    ("setting", "written", "value"),
    [
        (DURATION, "1000ms", 1000),
        (DURATION, "30s", 30_000),
        (DURATION, "5m", 300_000),
        (SIZE, "1024B", 1024),
        (SIZE, "16KiB", 16_384),
        (SIZE, "50MiB", 52_428_800),
        (COUNT, "0", 0),
        (COUNT, "065535", 65_535),
        (LEVEL, "warn", "warn"),
        (TEXT, "v1.2.3", "v1.2.3"),
        (URL, "sqlite:var/x.db", "sqlite:var/x.db"),
    ],
)
def test_reads_a_valid_value(setting: Setting, written: str, value: object) -> None:
    assert setting.read(written) == value


@pytest.mark.parametrize(
    ("setting", "written", "code", "why", "fix"),
    [
        (
            DURATION,
            "5",
            "CFG_INVALID",
            "it has no unit, so 5ms and 5s cannot be told apart",
            "T=5s",
        ),
        (
            DURATION,
            "500",
            "CFG_INVALID",
            "it has no unit, so 500ms and 500s cannot be told apart",
            None,
        ),
        (SIZE, "5", "CFG_INVALID", "it has no unit, so 5B and 5KiB cannot be told apart", "B=5KiB"),
        (DURATION, "10m", "CFG_RANGE", "10m is outside 1s to 5m", None),
        (DURATION, "600s", "CFG_RANGE", "10m is outside 1s to 5m", None),
        (DURATION, "0s", "CFG_RANGE", "0ms is outside 1s to 5m", None),
        (DURATION, "5d", "CFG_INVALID", NO_UNIT, None),
        (DURATION, "5 s", "CFG_INVALID", NO_UNIT, None),
        (DURATION, "5S", "CFG_INVALID", NO_UNIT, None),
        (DURATION, "-5s", "CFG_INVALID", NO_UNIT, None),
        (DURATION, "1.5s", "CFG_INVALID", NO_UNIT, None),
        (DURATION, "1e3s", "CFG_INVALID", NO_UNIT, None),
        (DURATION, "5s\n", "CFG_INVALID", NO_UNIT, None),
        (DURATION, "\u0665s", "CFG_INVALID", NO_UNIT, None),
        (DURATION, "1234567890123456s", "CFG_INVALID", NO_UNIT, None),
        (SIZE, "1MB", "CFG_INVALID", NO_SIZE, None),
        (SIZE, "1GiB", "CFG_RANGE", "1GiB is outside 1KiB to 50MiB", None),
        (COUNT, "70000", "CFG_RANGE", "70000 is outside 0 to 65535", None),
        (COUNT, "0x10", "CFG_INVALID", NO_DIGITS, None),
        (COUNT, "1e3", "CFG_INVALID", NO_DIGITS, None),
        (COUNT, "+5", "CFG_INVALID", NO_DIGITS, None),
        (COUNT, "5_000", "CFG_INVALID", NO_DIGITS, None),
        (COUNT, "\u0665", "CFG_INVALID", NO_DIGITS, None),
        (COUNT, "8080\n", "CFG_INVALID", NO_DIGITS, None),
        (LEVEL, "warning", "CFG_INVALID", "it is not one of them", "L=warn"),
        (LEVEL, "eror", "CFG_INVALID", "it is not one of them", "L=error"),
        (LEVEL, "INFO", "CFG_INVALID", "it is not one of them", None),
        (LEVEL, "verbose", "CFG_INVALID", "it is not one of them", None),
        (TEXT, "a b", "CFG_INVALID", NO_TEXT, None),
        (TEXT, "é", "CFG_INVALID", NO_TEXT, None),
        (TEXT, "x" * 201, "CFG_INVALID", NO_TEXT, None),
        (URL, "postgres://h/db", "CFG_INVALID", "it does not begin with sqlite:", None),
        (URL, "sqlite:", "CFG_INVALID", "it names no database file", None),
        (URL, "sqlite:///", "CFG_INVALID", "it names no database file", None),
        (URL, "sqlite::memory:", "CFG_INVALID", "it names no database file", None),
        (SECRET, "short", "CFG_RANGE", "it is too short", "set S to a longer value"),
    ],
)
def test_refuses_a_misread(
    setting: Setting, written: str, code: str, why: str, fix: str | None
) -> None:
    with pytest.raises(Refused) as caught:
        setting.read(written)
    assert (caught.value.code, caught.value.why, caught.value.fix) == (code, why, fix)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (DURATION, "a duration from 1s to 5m, with its unit, such as 30s"),
        (SIZE, "a size from 1KiB to 50MiB, with its unit, such as 1MiB"),
        (COUNT, "a whole number from 0 to 65535"),
        (LEVEL, "one of debug, info, warn, error"),
        (TEXT, "1 to 200 printable characters without spaces"),
        (URL, "a URL that begins with sqlite:"),
        (SECRET, "a secret of at least 16 characters"),
    ],
)
def test_says_what_it_expects(setting: Setting, expected: str) -> None:
    assert setting.expected() == expected


@pytest.mark.parametrize(
    ("value", "written"),
    [(72_000, "72s"), (60_000, "1m"), (3_600_000, "1h"), (1500, "1500ms"), (0, "0ms")],
)
def test_writes_the_largest_unit_that_divides(value: int, written: str) -> None:
    assert DURATION.write(value) == written


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:var/a@b.db", "sqlite:var/a@b.db"),
        ("postgres://user:hunter2@host/db", "postgres://***:***@host/db"),
        ("postgres://user:hun@ter/2@host/db", "postgres://***:***@host/db"),
        ("postgres://host/db?password=hunter2", "postgres://host/db?***"),
        ("user:hunter2@host/db", "***:***@host/db"),
    ],
)
def test_shows_a_url_without_its_password(url: str, shown: str) -> None:
    assert URL.write(url) == shown


def test_quotes_at_most_80_characters() -> None:
    assert TEXT.quote("x" * 80) == f'"{"x" * 80}"'
    assert TEXT.quote("x" * 81) == f'"{"x" * 80}…"'
    assert TEXT.quote('a"\x1b') == '"a\\"\\u001b"'
