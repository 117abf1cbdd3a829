"""Whatever is written, it is read as it was meant or refused."""

import re

from hypothesis import given
from hypothesis import strategies as st

from marlin_service._seaworthy.env_file import parse_env_file
from marlin_service._seaworthy.quantity_kinds import (
    Bytes,
    Count,
    Duration,
)
from marlin_service._seaworthy.setting import Refused, Setting

TEXTS = {"owner": "team", "reason": "r", "expect": "e", "rollback": "b"}
DURATION = Duration(env="T", minimum="0ms", maximum="999999999999999h", **TEXTS)
SIZE = Bytes(env="B", minimum="0B", maximum="999999999999999GiB", **TEXTS)
COUNT = Count(env="C", minimum=0, maximum=10**15 - 1, **TEXTS)

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
    plain = re.fullmatch(r"([0-9]{1,15})(ms|s|m|h)", written, re.ASCII)
    sizes = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000}
    assert read(DURATION, written) == (int(plain[1]) * sizes[plain[2]] if plain else None)


@given(ALMOST)
def test_a_size_is_never_misread(written: str) -> None:
    plain = re.fullmatch(r"([0-9]{1,15})(B|KiB|MiB|GiB)", written, re.ASCII)
    sizes = {"B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
    assert read(SIZE, written) == (int(plain[1]) * sizes[plain[2]] if plain else None)


@given(ALMOST)
def test_a_count_is_never_misread(written: str) -> None:
    plain = re.fullmatch(r"[0-9]{1,15}", written, re.ASCII)
    assert read(COUNT, written) == (int(written) if plain else None)


NAMES = st.from_regex(r"[A-Z][A-Z0-9_]{0,8}", fullmatch=True)
VALUES = st.from_regex(r"[A-Za-z0-9_./:@%+,=~-]{0,12}", fullmatch=True)


@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_a_written_file_is_read_as_itself(values: dict[str, str]) -> None:
    text = "# comment\n\n" + "".join(f"{name}={value}\n" for name, value in values.items())
    read_values, problems = parse_env_file(text, "f.env", "team")
    assert {name: line.value for name, line in read_values.items()} == values
    assert problems == []


@given(st.lists(st.text(alphabet="AB=# '\"$\\\tx\r", max_size=6) | st.text(max_size=6), max_size=4))
def test_a_line_is_taken_whole_or_named_and_never_repeated(lines: list[str]) -> None:
    text = "\n".join(lines)
    values, problems = parse_env_file(text, "f.env", "team")
    for name, line in values.items():
        number = int(line.origin.rpartition(":")[2])
        assert text.split("\n")[number - 1].rstrip("\r") == f"{name}={line.value}"
    assert all(problem.code == "CFG_FILE" for problem in problems)
    assert len(values) + len(problems) <= len(text.split("\n"))
