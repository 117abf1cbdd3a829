"""The release to compare with."""

import math
from collections.abc import Callable, Sequence
from typing import Final

from .readings import WARM_UP_MINUTES
from .release_minutes import Minute, Releases, minutes_between

# How long both windows of a comparison may be apart, and how long the one before is.
WINDOW_MINUTES: Final = 30


def previous_release(
    deployed_at_minute: int, release_id: str, history: Releases, releases: Releases, until: int
) -> str | None:
    """Returns its name; None where no other one, nor the same one earlier, was recorded.

    `history` holds settled minutes alone, `releases` all of them.
    """

    def recorded(among: Releases, each: str, start: int, end: int) -> list[Minute]:
        return minutes_between(among.get(each), start, end)

    recently = deployed_at_minute - WINDOW_MINUTES
    # After a restart of a release that has long served, another one that serves beside it was not
    # replaced.
    restarted = bool(recorded(history, release_id, recently - WINDOW_MINUTES, recently))

    def went_on(each: str) -> bool:
        return bool(recorded(releases, each, deployed_at_minute + WARM_UP_MINUTES, until))

    others = [each for each in releases if each != release_id and not (restarted and went_on(each))]
    replaced = _busiest(
        _latest(history, others, recently),
        lambda each: recorded(history, each, recently, deployed_at_minute),
    )
    if replaced is not None:
        return replaced
    if recorded(history, release_id, recently, deployed_at_minute):
        return release_id
    return _busiest(others, lambda each: recorded(releases, each, deployed_at_minute, until))


def _latest(history: Releases, names: Sequence[str], since_minute: int) -> list[str]:
    # Those that served last; clocks may disagree by a minute.
    last_minutes = {each: max(history.get(each, ()), default=-math.inf) for each in names}
    last = max([since_minute, *last_minutes.values()])
    return [each for each in names if last_minutes[each] >= max(since_minute, last - 1)]


def _busiest(names: Sequence[str], recorded: Callable[[str], list[Minute]]) -> str | None:
    served = [(-sum(minute.requests for minute in recorded(each)), each) for each in names]
    # The most requests first, then the smaller name.
    return next((each for requests, each in sorted(served) if requests < 0), None)
