"""A histogram of whole numbers with 16 sub-buckets per octave, so within 3.2 percent."""

from itertools import accumulate
from typing import Final

_LARGEST: Final = 2**32 - 1
_BUCKETS: Final = 464


class Histogram:
    """Counts numbers from 0 to 2**32-1; larger ones count as the largest.

    Two histograms can be added, also across processes and languages.
    """

    __slots__ = ("_buckets", "count", "total")

    def __init__(self) -> None:
        self._buckets = [0] * _BUCKETS
        self.count = 0
        self.total = 0

    def record(self, number: int) -> None:
        """Counts one number."""
        number = min(max(number, 0), _LARGEST)
        octave = max(number.bit_length() - 5, 0)
        self._buckets[(octave << 4) + (number >> octave)] += 1
        self.count += 1
        self.total += number

    def add(self, other: "Histogram") -> None:
        """Adds the counts of another histogram to this one."""
        self._buckets = [
            mine + theirs for mine, theirs in zip(self._buckets, other._buckets, strict=True)
        ]
        self.count += other.count
        self.total += other.total

    def quantile(self, share: float) -> float | None:
        """Returns the middle of the bucket that holds a quantile; None when nothing was counted."""
        if not self.count:
            return None
        sums = enumerate(accumulate(self._buckets))
        index = next(index for index, seen in sums if seen >= share * self.count)
        if index < 16:
            return index
        octave = (index >> 4) - 1
        return ((index & 15) + 16 << octave) + (1 << octave) / 2

    def sparse(self) -> list[tuple[int, int]]:
        """Returns the buckets that are not empty, as pairs of index and count."""
        return [(index, count) for index, count in enumerate(self._buckets) if count]
