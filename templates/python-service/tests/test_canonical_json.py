"""The canonical JSON of a value is the one that every language writes."""

import hashlib
import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marlin_service._seaworthy.jobs.canonical_json import (
    NotJson,
    canonical_json,
    input_hash,
    parse_json,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBERS = st.integers(-(2**53 - 1), 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-12.5, "-12.5"),
        (0.1, "0.1"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (1.5e-9, "1.5e-9"),
        (123456789.0, "123456789"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1.25e22, "1.25e+22"),
        (5e-324, "5e-324"),
        (2**53 - 1, "9007199254740991"),
        (float(2**53), "9007199254740992"),
        ('"\\/\b\f\n\r\t\x00\x7f', '"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\x7f"'),
        ("é😀\u2028", '"é😀\u2028"'),
        ([1, (2, [])], "[1,[2,[]]]"),
        ({"b": 1, "a": {"d": 1, "c": 2}}, '{"a":{"c":2,"d":1},"b":1}'),
        ({"\uffee": 1, "\U00010000": 2}, '{"\U00010000":2,"\uffee":1}'),
    ],
)
def test_a_value_has_one_text(value: object, text: str) -> None:
    assert canonical_json(value, "input") == text
    assert input_hash(text) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("value", "at", "got"),
    [
        (math.nan, "input", "nan (float)"),
        ({"a": [0, math.inf]}, "input.a[1]", "inf (float)"),
        (2**53, "input", "a whole number beyond 2^53 - 1"),
        (-(2**53), "input", "a whole number beyond 2^53 - 1"),
        ("a\ud800", "input", "text with half a surrogate pair"),
        ({"a key": "\ud800"}, 'input["a key"]', "text with half a surrogate pair"),
        ({"\ud800": 1}, 'input["\\ud800"]', "text with half a surrogate pair"),
        ({1: 2}, "input", "an object with a name that is no text (int)"),
        ({"a": {1, 2}}, "input.a", "a value (set)"),
        (b"a", "input", "a value (bytes)"),
    ],
)
def test_what_json_cannot_say_is_refused_with_its_place(value: object, at: str, got: str) -> None:
    with pytest.raises(NotJson) as caught:
        canonical_json(value, "input")
    assert (caught.value.at, caught.value.got) == (at, got)


def test_what_contains_itself_or_has_no_end_of_levels_is_refused() -> None:
    ring: list[object] = []
    ring.append({"again": ring})
    with pytest.raises(NotJson, match=r"input\[0\]\.again is an object that contains itself"):
        canonical_json(ring, "input")
    deep: list[object] = []
    for _ in range(199):
        deep = [deep]
    assert canonical_json(deep, "input") == "[" * 200 + "]" * 200
    with pytest.raises(NotJson, match="is more than 200 levels"):
        canonical_json([deep], "input")
    twice: list[object] = []
    assert canonical_json([twice, twice], "input") == "[[],[]]"


@given(VALUES)
def test_a_value_is_read_back_and_written_the_same(value: object) -> None:
    text = canonical_json(value, "input")
    read = parse_json(text)
    assert read == value
    assert canonical_json(read, "input") == text


@given(st.dictionaries(TEXT, NUMBERS, max_size=6), st.randoms())
def test_the_order_of_members_does_not_matter(value: dict[str, float], random: Any) -> None:
    members = list(value.items())
    random.shuffle(members)
    assert canonical_json(dict(members), "input") == canonical_json(value, "input")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value_and_has_no_form_that_javascript_does_not_print(
    number: float,
) -> None:
    text = canonical_json(number, "input")
    assert float(text) == number
    assert not re.search(r"\.[0-9]*0($|e)|e[0-9]|e[+-]0", text)
    assert ("e" in text) is (number != 0 and not 1e-6 <= abs(number) < 1e21)
