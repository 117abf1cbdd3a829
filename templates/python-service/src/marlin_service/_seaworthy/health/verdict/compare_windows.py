"""Every comparison that two windows have enough requests for."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from ..recording.request_marks import CACHE_CLASSES, CacheClass
from .deploy_verdict import MeasureKind, TooFew
from .difference import FEWEST_MINUTES, Difference, MinuteRatio
from .histogram_quantile import Times, quantile_bucket, quantile_us, times_of
from .release_minutes import Minute

Compare = Callable[[Sequence[MinuteRatio], Sequence[MinuteRatio]], Difference | None]
Key = tuple[CacheClass | None, MeasureKind]


class Windows(NamedTuple):
    """The minutes before a moment, and those after it."""

    before: list[Minute]
    after: list[Minute]


class Comparison(NamedTuple):
    """One statistic of two windows.

    The difference is that of a ratio: requests slower than the quantile before, errors, or
    database calls per request. Before and after are in the unit of the kind.
    """

    stratum: CacheClass | None
    kind: MeasureKind
    difference: Difference
    before: float
    after: float
    # Those before, of a comparison of times.
    times: Times | None = None

    @property
    def key(self) -> Key:
        """What tells it apart from the others of the same windows."""
        return (self.stratum, self.kind)


class Compared(NamedTuple):
    """What could be compared, and which strata could not."""

    comparisons: list[Comparison]
    too_few: list[TooFew]


_QUANTILES: Final[tuple[tuple[MeasureKind, float], ...]] = (("p50", 0.5), ("p95", 0.95))


def needed_requests(share: float) -> int:
    """Returns how many make twenty requests beyond a quantile: 40 for the median, 400 for p95."""
    return round(20 / (1 - share))


def compare_windows(windows: Windows, compare: Compare) -> Compared:
    """Compares the times and the calls of each stratum, and the errors of all requests."""
    comparisons: list[Comparison] = []
    too_few: list[TooFew] = []
    for stratum in CACHE_CLASSES:
        before, after = (times_of(side, stratum) for side in windows)
        have = min(before.count, after.count)
        found = [
            comparison
            for kind, share in _QUANTILES
            if have >= needed_requests(share)
            and (
                comparison := _compare_times(
                    windows, stratum, kind, share, (before, after), compare
                )
            )
        ]
        comparisons += found
        if max(before.count, after.count) > 0 and len(found) < len(_QUANTILES):
            too_few.append(_shortage(windows, stratum, have))
        if have >= needed_requests(0.5) and (calls := _compare_calls(windows, stratum, compare)):
            comparisons.append(calls)
    if errors := _compare_errors(windows, compare):
        comparisons.append(errors)
    return Compared(comparisons, too_few)


def _shortage(windows: Windows, stratum: CacheClass, have: int) -> TooFew:
    needed = needed_requests(0.95)
    if have < needed:
        return {"stratum": stratum, "unit": "requests", "have": have, "needed": needed}
    minutes = [sum(minute.strata[stratum].count > 0 for minute in side) for side in windows]
    return {"stratum": stratum, "unit": "minutes", "have": min(minutes), "needed": FEWEST_MINUTES}


def _compare_times(
    windows: Windows,
    stratum: CacheClass,
    kind: MeasureKind,
    share: float,
    times: tuple[Times, Times],
    compare: Compare,
) -> Comparison | None:
    edge = quantile_bucket(times[0], share)

    def slower_than_edge(side: list[Minute]) -> list[MinuteRatio]:
        strata = ((each.minute, each.strata[stratum]) for each in side)
        return [MinuteRatio(at, each.count_above(edge), each.count) for at, each in strata]

    difference = compare(slower_than_edge(windows.before), slower_than_edge(windows.after))
    if difference is None:
        return None
    before, after = (quantile_us(side, share) / 1000 for side in times)
    return Comparison(stratum, kind, difference, before, after, times[0])


def _compare_calls(windows: Windows, stratum: CacheClass, compare: Compare) -> Comparison | None:
    def calls(side: list[Minute]) -> list[MinuteRatio]:
        strata = ((each.minute, each.strata[stratum]) for each in side)
        return [MinuteRatio(at, each.database_calls, each.requests) for at, each in strata]

    difference = compare(calls(windows.before), calls(windows.after))
    if difference is None:
        return None
    return Comparison(stratum, "databaseCalls", difference, difference.before, difference.after)


def _compare_errors(windows: Windows, compare: Compare) -> Comparison | None:
    def errors(side: list[Minute]) -> list[MinuteRatio]:
        return [MinuteRatio(each.minute, each.errors, each.requests) for each in side]

    difference = compare(errors(windows.before), errors(windows.after))
    if difference is None:
        return None
    return Comparison(None, "errors", difference, difference.before, difference.after)
