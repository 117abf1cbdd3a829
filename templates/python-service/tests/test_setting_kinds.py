"""Each kind of setting against the texts both languages share."""

import re
from collections.abc import Callable

import pytest

from marlin_service._seaworthy.quantity_kinds import (
    Bytes,
    Count,
    Duration,
    Ratio,
)
from marlin_service._seaworthy.quote_text import quote_text
from marlin_service._seaworthy.setting import Refused, Setting
from marlin_service._seaworthy.text_kinds import (
    Flag,
    OneOf,
    SecretText,
    Text,
    Url,
)

from setting_texts import TEXTS

DURATION = Duration(env="T", default="30s", minimum="1s", maximum="5m", **TEXTS)
SIZE = Bytes(env="B", default="1MiB", minimum="1KiB", maximum="50MiB", **TEXTS)
COUNT = Count(env="C", default="8080", minimum=0, maximum=65535, **TEXTS)
RATIO = Ratio(env="R", default="0.1", minimum="0", maximum="0.5", **TEXTS)
FLAG = Flag(env="F", default="false", **TEXTS)
LEVEL = OneOf(env="L", default="info", words=("debug", "info", "warn", "error"), **TEXTS)
TEXT = Text(env="X", **TEXTS)
LIST = Text(env="N", pattern="[a-z]+(,[a-z]+)*|none", description="names", **TEXTS)
URL = Url(env="U", protocols=("sqlite:", "postgres:"), **TEXTS)
SECRET = SecretText(env="S", min_length=16, **TEXTS)

NO_UNIT = "it is not a whole number followed by one of ms, s, m, h"
NO_SIZE = "it is not a whole number followed by one of B, KiB, MiB, GiB"
NO_DIGITS = "it is not a whole number written with digits only"
NO_DECIMAL = "it is not a decimal from 0 to 1 with at most six places"
NO_WORD = "it is not one of them"
NO_TEXT = "it has a character that is not allowed, or is too long"
NO_ADDRESS = "what follows the protocol is no address"
OCTAL = "it begins with a zero, which some readers take for octal"


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
        (COUNT, "65535", 65_535),
        (RATIO, "0", 0),
        (RATIO, "0.5", 0.5),
        (RATIO, "0.000001", 0.000001),
        (FLAG, "true", True),
        (FLAG, "false", False),
        (LEVEL, "warn", "warn"),
        (TEXT, "v1.2.3", "v1.2.3"),
        (LIST, "a,bc", "a,bc"),
        (LIST, "none", "none"),
    ],
)
def test_reads_a_valid_value(setting: Setting, written: str, value: object) -> None:
    assert setting.read(written) == value


@pytest.mark.parametrize(
    ("setting", "written", "code", "why", "value"),
    [
        (DURATION, "5", "CFG_INVALID", "it has no unit, so 5ms and 5s cannot be told apart", "5s"),
        (
            DURATION,
            "500",
            "CFG_INVALID",
            "it has no unit, so 500ms and 500s cannot be told apart",
            None,
        ),
        (SIZE, "5", "CFG_INVALID", "it has no unit, so 5B and 5KiB cannot be told apart", "5KiB"),
        (DURATION, "10m", "CFG_RANGE", "10m is outside 1s to 5m", None),
        (DURATION, "600s", "CFG_RANGE", "600s is outside 1s to 5m", None),
        (DURATION, "0s", "CFG_RANGE", "0s is outside 1s to 5m", None),
        (DURATION, "05s", "CFG_INVALID", OCTAL, None),
        (DURATION, "05", "CFG_INVALID", OCTAL, None),
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
        (COUNT, "010", "CFG_INVALID", OCTAL, None),
        (COUNT, "0x10", "CFG_INVALID", NO_DIGITS, None),
        (COUNT, "1e3", "CFG_INVALID", NO_DIGITS, None),
        (COUNT, "+5", "CFG_INVALID", NO_DIGITS, None),
        (COUNT, "5_000", "CFG_INVALID", NO_DIGITS, None),
        (COUNT, "\u0665", "CFG_INVALID", NO_DIGITS, None),
        (COUNT, "8080\n", "CFG_INVALID", NO_DIGITS, None),
        (RATIO, "0.6", "CFG_RANGE", "0.6 is outside 0 to 0.5", None),
        (RATIO, "1", "CFG_RANGE", "1 is outside 0 to 0.5", None),
        (RATIO, "7%", "CFG_INVALID", NO_DECIMAL, "0.07"),
        (RATIO, "60%", "CFG_INVALID", NO_DECIMAL, None),
        (RATIO, "10", "CFG_INVALID", NO_DECIMAL, None),
        (RATIO, ".1", "CFG_INVALID", NO_DECIMAL, None),
        (RATIO, "0,1", "CFG_INVALID", NO_DECIMAL, None),
        (RATIO, "0.1234567", "CFG_INVALID", NO_DECIMAL, None),
        (RATIO, "0.1\n", "CFG_INVALID", NO_DECIMAL, None),
        (FLAG, "1", "CFG_INVALID", NO_WORD, "true"),
        (FLAG, "ON", "CFG_INVALID", NO_WORD, "true"),
        (FLAG, "False", "CFG_INVALID", NO_WORD, "false"),
        (FLAG, "no", "CFG_INVALID", NO_WORD, "false"),
        (FLAG, "2", "CFG_INVALID", NO_WORD, None),
        (LEVEL, "warning", "CFG_INVALID", NO_WORD, "warn"),
        (LEVEL, "eror", "CFG_INVALID", NO_WORD, "error"),
        (LEVEL, "INFO", "CFG_INVALID", NO_WORD, None),
        (LEVEL, "verbose", "CFG_INVALID", NO_WORD, None),
        (TEXT, "a b", "CFG_INVALID", NO_TEXT, None),
        (TEXT, "é", "CFG_INVALID", NO_TEXT, None),
        (TEXT, "x" * 201, "CFG_INVALID", NO_TEXT, None),
        (LIST, "a,", "CFG_INVALID", "it is not of this form", None),
        (LIST, "a,b\n", "CFG_INVALID", NO_TEXT, None),
        (URL, "mysql://h/db", "CFG_INVALID", "it does not begin with sqlite: or postgres:", None),
        (URL, "sqlite:", "CFG_INVALID", NO_ADDRESS, None),
        (URL, "sqlite:///", "CFG_INVALID", NO_ADDRESS, None),
        (URL, "postgres:db", "CFG_INVALID", NO_ADDRESS, None),
        (URL, "postgres://h:70000/db", "CFG_INVALID", NO_ADDRESS, None),
        (URL, "sqlite:a b", "CFG_INVALID", NO_TEXT, None),
    ],
)
def test_refuses_a_misread(
    setting: Setting, written: str, code: str, why: str, value: str | None
) -> None:
    with pytest.raises(Refused) as caught:
        setting.read(written)
    refused = caught.value
    assert (refused.code, refused.why, refused.value) == (code, why, value)
    assert refused.advice is None


@pytest.mark.parametrize(
    ("written", "code", "why", "instead"),
    [
        ("short", "CFG_RANGE", "it is too short", "a longer value"),
        ("x" * 65_537, "CFG_RANGE", "it is too long", "a shorter value"),
        ("0123456789\x00abcdef", "CFG_INVALID", "it has a NUL character", "text"),
        ("0123456789\ufffdabcdef", "CFG_INVALID", "it has bytes that are no UTF-8 text", "text"),
        (
            "0123456789abcdef\n",
            "CFG_INVALID",
            "white space stands around it",
            "the same without white space around it",
        ),
    ],
)
def test_refuses_a_secret_that_cannot_be_meant(
    written: str, code: str, why: str, instead: str
) -> None:
    with pytest.raises(Refused) as caught:
        SECRET.read(written)
    refused = caught.value
    assert (refused.code, refused.why, refused.advice) == (code, why, f"set S to {instead}")
    assert SECRET.quote(written) == "a secret (never shown)"


def test_a_secret_may_have_any_other_character() -> None:
    written = "\u00e9 \U0001f600\t" * 4 + "."
    assert SECRET.read(written).get_secret_value() == written
    assert SECRET.write(SECRET.read(written)) == "[secret]"


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (DURATION, "a duration from 1s to 5m, with its unit, such as 30s"),
        (SIZE, "a size from 1KiB to 50MiB, with its unit, such as 1MiB"),
        (COUNT, "a whole number from 0 to 65535"),
        (RATIO, "a ratio from 0 to 0.5, such as 0.1"),
        (FLAG, "one of true, false"),
        (LEVEL, "one of debug, info, warn, error"),
        (TEXT, "1 to 200 printable characters without spaces"),
        (LIST, "names"),
        (URL, "a URL that begins with sqlite: or postgres:"),
        (SECRET, "a secret of at least 16 characters"),
    ],
)
def test_says_what_it_expects(setting: Setting, expected: str) -> None:
    assert setting.expected() == expected


@pytest.mark.parametrize(
    ("value", "written"),
    [(72_000, "72s"), (60_000, "1m"), (3_600_000, "1h"), (1500, "1500ms"), (0, "0s")],
)
def test_writes_the_largest_unit_that_divides(value: int, written: str) -> None:
    assert DURATION.write(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(0.0, "0"), (1.0, "1"), (0.1, "0.1"), (0.000001, "0.000001")]
)
def test_writes_a_ratio_with_no_more_digits_than_it_needs(value: float, written: str) -> None:
    assert RATIO.write(value) == written


def test_quotes_at_most_80_characters() -> None:
    assert TEXT.quote("x" * 80) == f'"{"x" * 80}"'
    assert TEXT.quote("x" * 81) == f'"{"x" * 80}…"'
    assert TEXT.quote("\U0001f600" * 81) == f'"{chr(0x1F600) * 80}…"'
    assert TEXT.quote('a"\x1b') == '"a\\"\\u001b"'


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("postgres://app:hunter2@db/orders", "postgres://***:***@db/orders"),
        ("a b://c:hun@ter2\n@d e", "a b://***:***@d e"),
        (f"https://u:hunter2{'x' * 2_000}@h", "https://…"),
        (f"a://b@c https://u:hunter2{'x' * 2_000}@h", "a://…"),
        (f"a://b@c{'x' * 2_000}", "a://…"),
        ("x" * 2_000, f"{'x' * 80}…"),
        (f"{'x' * 998}://u:hunter2@h", f"{'x' * 80}…"),
        (f"a://{'p' * 985}@{chr(0x1F600) * 9}", "a://…"),
        (f"a://{'p' * 985}@{chr(0x1F600) * 5}", f"a://***:***@{chr(0x1F600) * 5}"),
        ("a://b", "a://b"),
    ],
)
def test_a_password_in_a_text_is_never_quoted(written: str, quoted: str) -> None:
    assert quote_text(written) == f'"{quoted}"'.replace("\n", "\\n")


@pytest.mark.parametrize("setting", [DURATION, SIZE, COUNT, RATIO, FLAG, LEVEL, TEXT, LIST, URL])
def test_a_password_is_hidden_where_something_else_was_expected(setting: Setting) -> None:
    for written in ("postgres://app:hunter2@db/orders", "a b://c:hunter2@d e"):
        assert "hunter2" not in setting.quote(written)


def test_a_text_prints_no_password() -> None:
    written = "postgres://app:hunter2@db/orders"
    assert TEXT.read(written) == written
    assert TEXT.write(written) == "postgres://***:***@db/orders"


@pytest.mark.parametrize(
    "declare",
    [
        lambda: Count(env="X", minimum=9, maximum=1, **TEXTS),
        lambda: Ratio(env="X", minimum="0.5", maximum="0.1", **TEXTS),
        lambda: Ratio(env="X", minimum="low", maximum="1", **TEXTS),
        lambda: Duration(env="X", minimum="1", maximum="5s", **TEXTS),
        lambda: Duration(env="X", minimum="6s", maximum="5s", **TEXTS),
        lambda: Bytes(env="X", minimum="1B", maximum="5MB", **TEXTS),
    ],
)
def test_limits_that_hold_nothing_are_a_type_error(declare: Callable[[], Setting]) -> None:
    with pytest.raises(TypeError, match=r"expected minimum to be at most maximum, each in its"):
        declare()


def test_the_schema_takes_a_protocol_as_it_is_written() -> None:
    url = Url(env="U", protocols=("postgres+asyncpg:", "a.b-c:", "x[\\]:"), **TEXTS)
    pattern = url.json_schema()["pattern"]
    assert pattern == r"^(?:postgres\+asyncpg:|a\.b-c:|x\[\\\]:)"
    assert re.match(str(pattern), "postgres+asyncpg://h/d")


def test_half_a_pair_is_quoted_so_that_it_can_be_printed() -> None:
    assert quote_text("a\ud83d") == '"a\\ud83d"'


def test_an_expression_that_is_none_fails_at_import() -> None:
    with pytest.raises(re.error, match="unterminated"):
        Text(env="X", pattern="(", description="d", **TEXTS)
