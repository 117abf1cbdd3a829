"""How a person reads a number; all of them end up in sentences and cells of the page."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from ..iso_time import iso_time

# A dash, for what is not known.
UNKNOWN: Final = "\u2013"
# Between a number and its unit: a line does not end there.
_SPACE: Final = "\u00a0"
_UNITS: Final = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def say_count(count: float) -> str:
    """Returns a whole number: 9,140."""
    return f"{math.floor(count + 0.5):,}"


def say_many(count: float, noun: str) -> str:
    """Returns 1 check, 3 checks."""
    return f"{say_count(count)} {noun}{'' if count == 1 else 's'}"


def say_milliseconds(milliseconds: float | None) -> str:
    """Returns two digits: what a histogram of 16 buckets to the octave can stand for."""
    if milliseconds is None:
        return UNKNOWN
    if math.floor(milliseconds + 0.5) < 1000:
        return f"{_digits(milliseconds, 2)}{_SPACE}ms"
    return f"{_digits(milliseconds / 1000, 2)}{_SPACE}s"


def say_share(share: float | None) -> str:
    """Returns a share in per cent."""
    if share is None:
        return UNKNOWN
    # All but a few are not all.
    if 0.995 <= share < 1:
        return f"> 99{_SPACE}%"
    return f"{_digits(share * 100, 2)}{_SPACE}%"


def say_rate(rate: float | None) -> str:
    """Returns three digits."""
    return UNKNOWN if rate is None else _digits(rate, 3)


def say_duration(seconds: float) -> str:
    """Returns 3 days, 2 hours: one unit is enough to act on."""
    size, noun = next((unit for unit in _UNITS if seconds >= unit[0]), (1, "second"))
    return say_many(max(0, math.floor(seconds / size)), noun)


def say_time(at: float) -> str:
    """Returns 2026-11-26 03:12:09 UTC."""
    return f"{iso_time(at)[:19].replace('T', ' ')} UTC"


def plain(number: float) -> str:
    """Returns a number with no more digits than it needs: 3, 2.5."""
    return repr(float(number)).removesuffix(".0")


def _digits(value: float, most: int) -> str:
    # A whole number keeps all of its digits, a smaller one as many as are asked for.
    if 0 < value < 0.01:
        return "< 0.01"
    context = Context(prec=most, rounding=ROUND_HALF_UP)
    rounded = float(context.create_decimal(Decimal(value)))
    return say_count(value) if rounded >= 10 ** (most - 1) else plain(rounded)
