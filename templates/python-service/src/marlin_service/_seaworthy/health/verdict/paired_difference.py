"""Compares a ratio of two releases that served at once, minute by minute."""

import math
from collections.abc import Sequence
from typing import Final

from .difference import Difference, MinuteRatio, residual, standardised
from .lag_one_inflation import Residual, lag_one_inflation

# Without history to compare with, fewer pairs would decide too much.
FEWEST_PAIRS: Final = 10


def paired_difference(
    before: Sequence[MinuteRatio], after: Sequence[MinuteRatio]
) -> Difference | None:
    """Returns the difference, or None below ten minutes.

    What a minute did to both of them cancels out, which is why this needs no history.
    """
    partners = {minute.minute: minute for minute in before if minute.out_of}
    pairs = [
        (partners[minute.minute], minute)
        for minute in after
        if minute.out_of and minute.minute in partners
    ]
    count = len(pairs)
    if count < FEWEST_PAIRS:
        return None
    differences = [right.events / right.out_of - left.events / left.out_of for left, right in pairs]
    mean = sum(differences) / count
    residuals = [
        Residual(right.minute, residual(difference, mean))
        for (_, right), difference in zip(pairs, differences, strict=True)
    ]
    inflation = lag_one_inflation(residuals)
    squares = sum(each.value * each.value for each in residuals)
    standard_error = math.sqrt(squares / (count - 1) / count * inflation)
    ratio = sum(left.events / left.out_of for left, _ in pairs) / count
    return Difference(
        before=ratio,
        after=ratio + mean,
        out_of_before=sum(left.out_of for left, _ in pairs),
        out_of_after=sum(right.out_of for _, right in pairs),
        standard_error=standard_error,
        z=standardised(ratio, ratio + mean, standard_error),
        degrees_of_freedom=max(3, count / inflation - 1),
    )
