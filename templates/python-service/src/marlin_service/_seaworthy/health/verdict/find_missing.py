"""Why "no change seen" may not be said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ..recording.request_marks import CacheClass
from .cache_guard import UnknownCacheStatus
from .compare_windows import needed_requests
from .deploy_verdict import DeploySide, TooFew
from .difference import FEWEST_MINUTES

# A stratum with so many of the requests has to be compared before it may be said.
_MAIN_STRATUM: Final = 0.1


@dataclass(frozen=True)
class MissingMinutes:
    """Too few minutes on one side of the deployment."""

    side: Literal["before", "since"]
    have: int


Missing = MissingMinutes | UnknownCacheStatus | TooFew


def find_missing(
    before: DeploySide,
    after: DeploySide,
    too_few: Sequence[TooFew],
    unknown: UnknownCacheStatus | None,
) -> Missing | None:
    """Returns the first thing that is missing."""
    if before["minutes"] < FEWEST_MINUTES:
        return MissingMinutes("before", before["minutes"])
    if after["minutes"] < FEWEST_MINUTES:
        return MissingMinutes("since", after["minutes"])
    if unknown is not None:
        return unknown
    for each in too_few:
        if _is_main(before, each["stratum"]) or _is_main(after, each["stratum"]):
            return each
    if _answered(before) and _answered(after):
        return None
    needed = needed_requests(0.95)
    return {"stratum": "none", "unit": "requests", "have": 0, "needed": needed}


def _answered(side: DeploySide) -> int:
    return side["strata"]["hit"] + side["strata"]["miss"] + side["strata"]["none"]


def _is_main(side: DeploySide, stratum: CacheClass) -> bool:
    return side["strata"][stratum] >= _MAIN_STRATUM * _answered(side)
