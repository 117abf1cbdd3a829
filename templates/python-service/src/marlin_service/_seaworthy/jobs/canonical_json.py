"""Writes a value as the one JSON text that every language writes for it (RFC 8785)."""

import hashlib
import json
import math
import re
from decimal import Decimal
from typing import Any, Final

from .wrong_options import quoted

# Beyond it JavaScript cannot tell a whole number from its neighbours.
_LARGEST_INTEGER: Final = 2**53 - 1
# Deeper nesting would end the interpreter's own recursion, without a place to name.
_DEEPEST: Final = 200
_IDENTIFIER: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")


class NotJson(ValueError):
    """A value that has no canonical JSON: where it stands, and what it is."""

    def __init__(self, at: str, got: str) -> None:
        super().__init__(f"{at} is {got}")
        self.at, self.got = at, got


def canonical_json(value: object, root: str) -> str:
    """Returns the canonical JSON of a value; `root` is what its outermost place is called.

    The surprise: 1.0 becomes 1, as it does in JavaScript. Raises NotJson.
    """
    return _text(value, root, frozenset())


def input_hash(canonical: str) -> str:
    """Returns the hash by which an input is recognised."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def parse_json(text: str) -> Any:
    """Returns what canonical JSON holds.

    The surprise: a whole number is an int again where every language keeps it, and a float beyond.
    """
    return json.loads(text, parse_int=_read_integer)


def _read_integer(digits: str) -> float:
    number = int(digits)
    return number if abs(number) <= _LARGEST_INTEGER else float(digits)


def _text(value: object, at: str, above: frozenset[int]) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return _string(value, at)
    # Not their subclasses: what an enumeration or a number of a library prints is its own affair.
    if type(value) is int:
        return _integer(value, at)
    if type(value) is float:
        return _number(value, at)
    if id(value) in above:
        raise NotJson(at, "an object that contains itself")
    if len(above) >= _DEEPEST:
        raise NotJson(at, f"more than {_DEEPEST} levels")
    if isinstance(value, list | tuple):
        inside = above | {id(value)}
        items = (_text(each, f"{at}[{place}]", inside) for place, each in enumerate(value))
        return f"[{','.join(items)}]"
    if isinstance(value, dict):
        return _object(value, at, above | {id(value)})
    raise NotJson(at, quoted(value))


def _object(value: dict[object, object], at: str, inside: frozenset[int]) -> str:
    members: dict[str, str] = {}
    for name, each in value.items():
        if not isinstance(name, str):
            raise NotJson(at, f"an object with a name that is no text ({type(name).__name__})")
        place = f"{at}.{name}" if _IDENTIFIER.fullmatch(name) else f"{at}[{json.dumps(name)}]"
        members[name] = f"{_string(name, place)}:{_text(each, place, inside)}"
    # By UTF-16 code units, as JavaScript sorts: U+10000 stands before U+FFEE.
    ordered = sorted(members, key=lambda name: name.encode("utf-16-be"))
    return f"{{{','.join(members[name] for name in ordered)}}}"


def _string(text: str, at: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotJson(at, "text with half a surrogate pair") from None
    return json.dumps(text, ensure_ascii=False)


def _integer(value: int, at: str) -> str:
    if abs(value) > _LARGEST_INTEGER:
        raise NotJson(at, "a whole number beyond 2^53 - 1")
    return str(value)


def _number(value: float, at: str) -> str:
    if not math.isfinite(value):
        raise NotJson(at, quoted(value))
    if value == 0:
        return "0"
    # Python and JavaScript find the same digits; only where they put the point differs.
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    shown = "".join(map(str, digits))
    return ("-" if sign else "") + _placed(shown, len(shown) + int(exponent))


def _placed(digits: str, point: int) -> str:
    """Puts the point after so many digits, the way ECMAScript does."""
    if len(digits) <= point <= 21:
        return digits.ljust(point, "0")
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}e{point - 1:+d}"
