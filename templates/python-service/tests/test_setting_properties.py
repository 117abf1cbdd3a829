"""Whatever is written, it is read as it was meant or refused."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marlin_service._seaworthy.env_file import parse_env_file
from marlin_service._seaworthy.nearest_name import edit_distance
from marlin_service._seaworthy.quantity_kinds import (
    Bytes,
    Count,
    Duration,
    Ratio,
)
from marlin_service._seaworthy.quote_text import quote_text
from marlin_service._seaworthy.readable_environment import (
    readable_environment,
)
from marlin_service._seaworthy.setting import Refused, Setting
from marlin_service._seaworthy.text_kinds import SecretText, Text

from setting_texts import TEXTS

DURATION = Duration(env="T", minimum="0ms", maximum="999999999999999h", **TEXTS)
SIZE = Bytes(env="B", minimum="0B", maximum="999999999999999GiB", **TEXTS)
COUNT = Count(env="C", minimum=0, maximum=10**15 - 1, **TEXTS)
RATIO = Ratio(env="R", minimum="0", maximum="1", **TEXTS)
SECRET = SecretText(env="S", min_length=4, **TEXTS)
LIST = Text(env="X", pattern="[a-z]+(,[a-z]+)*", description="d", **TEXTS)

NUMBERS = st.integers(min_value=0, max_value=10**15 - 1)
ALMOST = st.text(alphabet="0123456789mshKMGiB+-._ \n\u0665eEx", max_size=8) | st.text(max_size=8)


def read(setting: Setting, written: str) -> int | None:
    try:
        value = setting.read(written)
    except Refused:
        return None
    assert isinstance(value, int)
    return value


@given(NUMBERS)
def test_a_written_quantity_is_read_as_itself(number: int) -> None:
    for setting in (DURATION, SIZE, COUNT):
        assert read(setting, setting.write(number)) == number


@given(ALMOST)
def test_a_duration_is_never_misread(written: str) -> None:
    plain = re.fullmatch(r"(0|[1-9][0-9]{0,14})(ms|s|m|h)", written, re.ASCII)
    sizes = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000}
    assert read(DURATION, written) == (int(plain[1]) * sizes[plain[2]] if plain else None)


@given(ALMOST)
def test_a_size_is_never_misread(written: str) -> None:
    plain = re.fullmatch(r"(0|[1-9][0-9]{0,14})(B|KiB|MiB|GiB)", written, re.ASCII)
    sizes = {"B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
    assert read(SIZE, written) == (int(plain[1]) * sizes[plain[2]] if plain else None)


@given(ALMOST)
def test_a_count_is_never_misread(written: str) -> None:
    plain = re.fullmatch(r"0|[1-9][0-9]{0,14}", written, re.ASCII)
    assert read(COUNT, written) == (int(written) if plain else None)


@given(st.integers(min_value=0, max_value=10**6))
def test_a_written_ratio_is_read_as_itself(millionths: int) -> None:
    value = millionths / 10**6
    assert RATIO.read(RATIO.write(value)) == value


@given(ALMOST | st.text("01.%5", max_size=9))
def test_a_ratio_is_never_misread(written: str) -> None:
    if re.fullmatch(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?", written, re.ASCII):
        assert RATIO.read(written) == float(written)
        return
    with pytest.raises(Refused) as caught:
        RATIO.read(written)
    if (meant := caught.value.value) is not None:
        assert RATIO.read(meant) == float(written.removesuffix("%")) / 100


@given(st.text("abz,A \n", max_size=8))
def test_a_list_is_never_misread(written: str) -> None:
    parts = written.split(",")
    if all(part.isascii() and part.isalpha() and part.islower() for part in parts):
        assert LIST.read(written) == written
    else:
        with pytest.raises(Refused):
            LIST.read(written)


@given(st.text("ab \0\n", max_size=9) | st.text(max_size=9))
def test_a_secret_is_kept_as_it_is_or_refused(written: str) -> None:
    plain = "\0" not in written and "\ufffd" not in written
    kept = len(written) >= 4 and plain and written == written.strip(" \t\r\n\f\v")
    if kept:
        assert SECRET.read(written).get_secret_value() == written
    else:
        with pytest.raises(Refused):
            SECRET.read(written)


@given(st.text(max_size=200) | st.text('\ud800\udfff\U0001f600a"\n', max_size=200))
def test_a_quoted_text_is_one_line_that_can_be_printed(written: str) -> None:
    quoted = quote_text(written)
    quoted.encode("utf-8")
    assert "\n" not in quoted
    assert len(json.loads(quoted)) <= 81


NAMES = st.from_regex(r"[A-Z][A-Z0-9_]{0,8}", fullmatch=True)
VALUES = st.from_regex(r"[A-Za-z0-9_./:@%+,=?-]{0,12}", fullmatch=True)


@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_a_written_file_is_read_as_itself(values: dict[str, str]) -> None:
    text = "# comment\n\n" + "".join(f"{name}={value}\n" for name, value in values.items())
    file = parse_env_file(text, "f.env", "team")
    assert {name: stated.value for name, stated in file.values.items()} == values
    assert file.problems == []


@given(st.lists(st.text(alphabet="AB=# '\"$\\\tx\r", max_size=6) | st.text(max_size=6), max_size=4))
def test_a_line_is_taken_whole_or_named_and_never_repeated(lines: list[str]) -> None:
    text = "\n".join(lines)
    file = parse_env_file(text, "f.env", "team")
    for name, stated in file.values.items():
        number = int(stated.origin.rpartition(":")[2])
        assert text.split("\n")[number - 1] == f"{name}={stated.value}"
    assert all(problem.code == "CFG_FILE" for problem in file.problems)
    assert len(file.values) + len(file.problems) <= len(text.split("\n"))


@given(st.binary(max_size=12))
def test_bytes_of_a_variable_become_text_like_everywhere(raw: bytes) -> None:
    escaped = raw.decode("utf-8", "surrogateescape")
    assert readable_environment({escaped: escaped}) == {
        raw.decode("utf-8", "replace"): raw.decode("utf-8", "replace")
    }


@given(st.text("abAB_1", max_size=7), st.text("abAB_1", max_size=7))
def test_the_edits_of_two_words_are_counted_up_to_a_limit(left: str, right: str) -> None:
    edits = edit_distance(left, right, 100)
    assert edits == edit_distance(right, left, 100)
    assert abs(len(left) - len(right)) <= edits <= max(len(left), len(right))
    assert edit_distance(left, right, 2) == min(edits, 3)
    assert (edits == 0) == (left == right)
