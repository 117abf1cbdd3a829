"""Student's t distribution."""

from .incomplete_beta import incomplete_beta


def two_sided_p(t: float, degrees_of_freedom: float) -> float:
    """Returns the probability that a t is at least this far from 0, on either side."""
    square = t * t
    total = degrees_of_freedom + square
    # Near 0 the share of the square is known exactly, and what is left of 1 is not; far away it
    # is the other way round.
    if square < degrees_of_freedom:
        return 1 - incomplete_beta(0.5, degrees_of_freedom / 2, square / total)
    return incomplete_beta(degrees_of_freedom / 2, 0.5, degrees_of_freedom / total)


def critical_t(p: float, degrees_of_freedom: float) -> float:
    """Returns the t that is exceeded, on either side, with probability p; 0 < p <= 1."""
    low, high = 0.0, 1.0
    while two_sided_p(high, degrees_of_freedom) > p:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        if two_sided_p(middle, degrees_of_freedom) > p:
            low = middle
        else:
            high = middle
    return (low + high) / 2
