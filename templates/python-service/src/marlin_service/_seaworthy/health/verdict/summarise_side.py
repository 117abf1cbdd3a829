"""What one release did in a window."""

from collections.abc import Sequence
from typing import Final

from .deploy_verdict import DeploySide, StrataCounts
from .release_minutes import Minute

# A rise of the hit ratio that is no coincidence of a few minutes, nor of a few requests.
_NOTICEABLE_RISE: Final = 0.05
_FEWEST_LOOKUPS: Final = 400


def summarise_side(minutes: Sequence[Minute]) -> DeploySide:
    """Adds up the minutes of one side."""
    strata = _count_strata(minutes)
    half = len(minutes) // 2
    first, second = _hit_ratio(minutes[:half]), _hit_ratio(minutes[half:])
    rises = first is not None and second is not None and second - first >= _NOTICEABLE_RISE
    return {
        "minutes": len(minutes),
        "requests": sum(minute.requests for minute in minutes),
        "errors": sum(minute.errors for minute in minutes),
        "strata": strata,
        "hitRatio": _hit_ratio(minutes),
        "hitRatioRises": rises and strata["hit"] + strata["miss"] >= _FEWEST_LOOKUPS,
    }


def _count_strata(minutes: Sequence[Minute]) -> StrataCounts:
    return {
        "hit": sum(minute.strata["hit"].requests for minute in minutes),
        "miss": sum(minute.strata["miss"].requests for minute in minutes),
        "none": sum(minute.strata["none"].requests for minute in minutes),
    }


def _hit_ratio(minutes: Sequence[Minute]) -> float | None:
    strata = _count_strata(minutes)
    lookups = strata["hit"] + strata["miss"]
    return strata["hit"] / lookups if lookups else None
