"""The scale of the chart: from one power of ten to another, both in microseconds."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from ...recording.log_linear_histogram import LogLinearHistogram, lower_edge
from ..traffic_measurements import round_half_up


class Scale(NamedTuple):
    """Its first and its last power of ten."""

    first: int
    last: int

    @classmethod
    def of(cls, histograms: Sequence[LogLinearHistogram], objective_ms: float | None) -> "Scale":
        """Returns a scale on which everything has its place, three powers of ten at least."""
        edges = [math.log10(middle(bucket)) for times in histograms for bucket, _ in times.sparse()]
        if objective_ms is not None and objective_ms > 0:
            edges.append(math.log10(objective_ms * 1000))
        first = max(1, math.floor(min([3.0, *edges])))
        return cls(first, max(first + 3, math.ceil(max([0.0, *edges]) + 0.01)))

    def place(self, microseconds: float) -> float:
        """Returns where a time stands, in hundredths of the width."""
        share = (math.log10(max(1, microseconds)) - self.first) / (self.last - self.first)
        return round_half_up(min(1.0, max(0.0, share)) * 10_000) / 100


def middle(bucket: int) -> float:
    """Returns the middle of a bucket."""
    return max(1.0, (lower_edge(bucket) + lower_edge(bucket + 1)) / 2)
