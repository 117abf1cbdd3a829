"""A lucky cache hit must never look like a fix."""

from typing import Final, NamedTuple

from .deploy_verdict import DeploySide

_LARGEST_SHIFT: Final = 0.1


class UnknownCacheStatus(NamedTuple):
    """The share of requests without a cache status on both sides, where it moved."""

    before: float
    after: float


def unknown_cache_status(before: DeploySide, after: DeploySide) -> UnknownCacheStatus | None:
    """Finds a service that used a cache and no longer says so, or the other way round.

    Hits that are counted among requests without a status make those look faster.
    """
    if before["hitRatio"] is None and after["hitRatio"] is None:
        return None
    shares = _share_without_status(before), _share_without_status(after)
    # Without requests there is no share, and no shift.
    if shares[0] is None or shares[1] is None or abs(shares[1] - shares[0]) <= _LARGEST_SHIFT:
        return None
    return UnknownCacheStatus(shares[0], shares[1])


def _share_without_status(side: DeploySide) -> float | None:
    strata = side["strata"]
    total = strata["hit"] + strata["miss"] + strata["none"]
    return strata["none"] / total if total else None
