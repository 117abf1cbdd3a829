"""How far a ratio moved between two windows, and how sure that is."""

from typing import Final, NamedTuple

# What the first reading has: ten minutes without the three of warm-up.
FEWEST_MINUTES: Final = 7


class MinuteRatio(NamedTuple):
    """What happened in one minute: so many events out of so many requests."""

    minute: int
    events: int
    out_of: int


class Difference(NamedTuple):
    """A ratio before and after, and the requests behind either."""

    before: float
    after: float
    out_of_before: int
    out_of_after: int
    standard_error: float
    z: float
    degrees_of_freedom: float


def standardised(before: float, after: float, standard_error: float) -> float:
    """Returns a difference in standard errors.

    A ratio that is the same in every minute has no spread; the floor keeps its z finite, and
    rounding from being a change.
    """
    floor = 1e-9 * max(abs(before), abs(after))
    return 0.0 if before == after else (after - before) / max(standard_error, floor)


def residual(events: float, expected: float) -> float:
    """Returns what is left without the remains of rounding, which would be taken for a spread."""
    rest = events - expected
    return 0.0 if abs(rest) <= 1e-9 * max(abs(events), abs(expected)) else rest
