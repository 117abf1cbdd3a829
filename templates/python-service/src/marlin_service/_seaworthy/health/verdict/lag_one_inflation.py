"""Minutes depend on their neighbours."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Residual(NamedTuple):
    """What is left of a minute after the mean of its side is taken away."""

    minute: int
    value: float


def lag_one_inflation(*sides: Sequence[Residual]) -> float:
    """Returns by how much the variance of a mean is larger than independent minutes would make it.

    (1 + r) / (1 - r), where r is the correlation of neighbouring minutes, pooled over all sides
    and corrected for its bias in short series.
    """
    products = squares = 0.0
    for side in sides:
        squares += sum(each.value * each.value for each in side)
        products += sum(
            each.value * previous.value
            for previous, each in pairwise(side)
            # Across a gap nothing is known about the correlation.
            if each.minute - previous.minute == 1
        )
    count = sum(map(len, sides))
    raw = 0.0 if squares == 0 else products / squares
    correlation = min(0.9, max(0.0, raw + (1 + 4 * raw) / count))
    return (1 + correlation) / (1 - correlation)
