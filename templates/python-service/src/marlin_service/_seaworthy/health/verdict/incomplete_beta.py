"""The regularised incomplete beta function."""

import math

from .log_gamma import log_gamma


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Returns I_x(a, b), for a and b >= 0.5."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    logarithm = log_gamma(a + b) - log_gamma(a) - log_gamma(b)
    front = math.exp(logarithm + a * math.log(x) + b * math.log1p(-x))
    # The fraction converges quickly on this side of the mean only.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    # Lentz's evaluation of the continued fraction.
    c = 1.0
    d = 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = d
    for step in range(1, 301):
        even = step * (b - step) * x / ((a - 1 + 2 * step) * (a + 2 * step))
        d = 1 / _away_from_zero(1 + even * d)
        c = _away_from_zero(1 + even / c)
        value *= d * c
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 1 + 2 * step))
        d = 1 / _away_from_zero(1 + odd * d)
        c = _away_from_zero(1 + odd / c)
        value *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return value


def _away_from_zero(value: float) -> float:
    return 1e-300 if abs(value) < 1e-300 else value
