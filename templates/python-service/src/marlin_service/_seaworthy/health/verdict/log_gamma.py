"""The logarithm of the gamma function."""

import math
from typing import Final

# The same in every language, to the last digit; a library of the system may differ.
_COEFFICIENTS: Final = (
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7,
)


def log_gamma(x: float) -> float:
    """Returns it for x >= 0.5, by Lanczos' approximation: 14 digits."""
    shifted = x - 1
    base = shifted + 7.5
    series = 0.99999999999980993
    for index, coefficient in enumerate(_COEFFICIENTS, 1):
        series += coefficient / (shifted + index)
    half_log = 0.5 * math.log(2 * math.pi)
    return half_log + (shifted + 0.5) * math.log(base) - base + math.log(series)
