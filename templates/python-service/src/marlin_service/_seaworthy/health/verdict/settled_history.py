"""The minutes before a deployment, without the first ones of a release that took over."""

import math
from typing import Final

from .readings import WARM_UP_MINUTES
from .release_minutes import Minute, Releases

# A release that was away for this long starts anew.
_ABSENT_MINUTES: Final = 10


def settled_history(releases: Releases, deployed_at_minute: int) -> dict[str, dict[int, Minute]]:
    """Returns the settled minutes of each release that has any."""
    settled = {}
    for release_id, minutes in releases.items():
        kept = {}
        last: float = -math.inf
        settled_from: float = -math.inf
        for at in sorted(minute for minute in minutes if minute < deployed_at_minute):
            if at - last > _ABSENT_MINUTES and _another_served(releases, release_id, at):
                settled_from = at + WARM_UP_MINUTES
            last = at
            if at >= settled_from:
                kept[at] = minutes[at]
        if kept:
            settled[release_id] = kept
    return settled


def _another_served(releases: Releases, release_id: str, minute: int) -> bool:
    before = range(minute - _ABSENT_MINUTES, minute)
    return any(
        other != release_id and any(at in minutes for at in before)
        for other, minutes in releases.items()
    )
