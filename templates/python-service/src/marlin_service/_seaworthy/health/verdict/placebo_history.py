"""How much every statistic moved at earlier moments, when nothing was deployed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from .choose_windows import Span
from .clustered_difference import clustered_difference
from .compare_windows import Key, Windows, compare_windows
from .previous_release import WINDOW_MINUTES
from .readings import WARM_UP_MINUTES
from .release_minutes import Minute, Releases, minutes_between

# So far back minutes still resemble today's.
_LONGEST_HISTORY_MINUTES: Final = 24 * 60
# A moment every ten minutes: their windows overlap, and a scale from three times as many moments
# still varies less, which costs a quarter of the false alarms and no true ones.
_STEP_MINUTES: Final = 10
# Four hours of history have as many at every reading; with fewer a verdict stays preliminary.
FEWEST_PLACEBOS: Final = 16


@dataclass
class PlaceboHistory:
    """How many such moments there were, how far back they reach, and every z of them."""

    moments: int = 0
    hours: float = 0.0
    zs: dict[Key, list[float]] = field(default_factory=dict)


def placebo_history(history: Releases, span: Span, gap: int) -> PlaceboHistory:
    """Compares windows of the same lengths around earlier moments at which nothing was deployed."""
    found = PlaceboHistory()
    recorded = [minute for minutes in history.values() for minute in minutes]
    if not recorded:
        return found
    oldest = max(min(recorded), span.deployed_at_minute - _LONGEST_HISTORY_MINUTES)
    lead = gap + WINDOW_MINUTES
    first = span.deployed_at_minute - span.reading
    for moment in range(first, oldest + lead - 1, -_STEP_MINUTES):
        before = _busiest(history, moment - lead, moment - gap)
        start, until = moment + WARM_UP_MINUTES, moment + span.reading
        # Where the releases differ, one of them was deployed in between.
        if before is None or before.releases != _served(history, start, until):
            continue
        after = minutes_between(history[before.release_id], start, until)
        comparisons, _ = compare_windows(Windows(before.minutes, after), clustered_difference)
        if not comparisons:
            continue
        found.moments += 1
        found.hours = (span.deployed_at_minute - moment + lead) / 60
        for comparison in comparisons:
            found.zs.setdefault(comparison.key, []).append(comparison.difference.z)
    return found


def placebo_scale(zs: Sequence[float]) -> float:
    """Returns the root of the mean square; a quiet history does not make a verdict bolder."""
    return max(1.0, math.sqrt(sum(z * z for z in zs) / len(zs))) if zs else 1.0


def placebo_degrees_of_freedom(moments: int) -> float:
    """Returns as many as there are half hours among overlapping moments, and at least 3."""
    return max(3, moments * _STEP_MINUTES / WINDOW_MINUTES)


class _Busiest(NamedTuple):
    release_id: str
    minutes: list[Minute]
    # All that served in the same span.
    releases: list[str]


def _served(history: Releases, start: int, until: int) -> list[str]:
    span = range(start, until)
    return sorted(each for each, minutes in history.items() if any(at in minutes for at in span))


def _busiest(history: Releases, start: int, until: int) -> _Busiest | None:
    releases = _served(history, start, until)
    spans = [(each, minutes_between(history[each], start, until)) for each in releases]
    # Of equals the first, which has the smaller name.
    most = max(spans, key=lambda each: sum(at.requests for at in each[1]), default=None)
    return None if most is None else _Busiest(*most, releases)
