"""What a change has to reach to matter to anybody, however sure it is."""

from typing import Final

from .compare_windows import Comparison

SMALLEST_SHARE: Final = 0.1
SMALLEST_TIME_MS: Final = 1
SMALLEST_ERROR_RATE: Final = 0.002
# So that "0.0 → 0.0 calls" is never news.
SMALLEST_CALLS: Final = 0.05


def is_large_enough(comparison: Comparison) -> bool:
    """Whether a change reaches it."""
    change = abs(comparison.after - comparison.before)
    if comparison.kind == "errors":
        return change >= SMALLEST_ERROR_RATE
    least = SMALLEST_CALLS if comparison.kind == "databaseCalls" else SMALLEST_TIME_MS
    return change >= least and change >= SMALLEST_SHARE * comparison.before
