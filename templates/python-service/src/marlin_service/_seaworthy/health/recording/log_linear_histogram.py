"""A histogram of whole numbers with 16 buckets to the octave, so within 3.2 percent."""

from array import array
from typing import Final

BUCKET_COUNT: Final = 464
_LARGEST: Final = 2**32 - 1
_NONE: Final = array("Q")
_EMPTY: Final = array("Q", bytes(8 * BUCKET_COUNT))

# Buckets that hold anything, in ascending order, and how many.
SparseHistogram = list[tuple[int, int]]


def bucket_of(value: float) -> int:
    """Returns the bucket that counts a value; for what is no number above 0, the first."""
    # Comparing this way round sends NaN to 0 as well.
    whole = (int(value) if value < _LARGEST else _LARGEST) if value > 0 else 0
    octave = whole.bit_length() - 5
    return (octave << 4) + (whole >> octave) if octave > 0 else whole


def lower_edge(bucket: int) -> int:
    """Returns the smallest value of a bucket; the bucket after the last begins at 2**32."""
    return bucket if bucket < 16 else (16 + bucket % 16) << (bucket // 16 - 1)


class LogLinearHistogram:
    """Counts whole numbers from 0 to 2**32-1; larger ones count as the largest.

    Two histograms can be added, also across processes and languages.
    """

    __slots__ = ("buckets", "count")

    def __init__(self) -> None:
        # Most histograms of a quiet route stay empty, and an empty one costs nothing.
        self.buckets = _NONE
        self.count = 0

    def record(self, value: float) -> None:
        """Counts one value."""
        self.add(bucket_of(value))

    def add(self, bucket: int, count: int = 1) -> None:
        """Adds to one bucket, as when a sparse histogram is read back."""
        if not self.buckets:
            self.buckets = _EMPTY[:]
        self.buckets[bucket] += count
        self.count += count

    def merge(self, other: "LogLinearHistogram") -> None:
        """Adds the counts of another histogram to this one."""
        if not other.count:
            return
        for bucket, count in other.sparse():
            self.add(bucket, count)

    def clear(self) -> None:
        """Forgets everything, and keeps its memory."""
        if self.count:
            self.buckets[:] = _EMPTY
        self.count = 0

    def quantile(self, share: float) -> float | None:
        """Returns the middle of the bucket that holds a quantile; None when nothing was counted."""
        rank = max(1.0, share * self.count)
        seen = 0
        for bucket, count in self.sparse():
            seen += count
            if seen >= rank:
                if bucket < 16:
                    return bucket
                return (lower_edge(bucket) + lower_edge(bucket + 1)) / 2
        return None

    def sparse(self) -> SparseHistogram:
        """Returns the buckets that hold anything, in order."""
        return [(bucket, count) for bucket, count in enumerate(self.buckets) if count]
