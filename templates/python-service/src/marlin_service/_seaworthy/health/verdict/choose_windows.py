"""Where the windows of a comparison lie."""

from typing import NamedTuple

from .compare_windows import Windows
from .paired_difference import FEWEST_PAIRS
from .previous_release import WINDOW_MINUTES
from .readings import WARM_UP_MINUTES
from .release_minutes import MinutesOfRelease, minutes_between


class Span(NamedTuple):
    """A deployment, in minutes since 1970, and how many minutes after it it is read."""

    deployed_at_minute: int
    reading: int


def sequential_windows(
    previous: MinutesOfRelease | None, current: MinutesOfRelease | None, span: Span
) -> tuple[Windows, int]:
    """Returns the half hour before, the minutes after without the warm-up, and the gap.

    The gap is how many minutes lie between the end of the first window and the deployment.
    """
    at = span.deployed_at_minute
    recent = minutes_between(previous, at - WINDOW_MINUTES, at)
    gap = at - 1 - recent[-1].minute if recent else 0
    end = at - gap
    windows = Windows(
        minutes_between(previous, end - WINDOW_MINUTES, end),
        minutes_between(current, at + WARM_UP_MINUTES, at + span.reading),
    )
    return windows, gap


def paired_windows(
    previous: MinutesOfRelease | None, current: MinutesOfRelease | None, span: Span
) -> Windows | None:
    """Returns the minutes in which both releases served; None where they are too few."""
    if previous is None:
        return None
    at = span.deployed_at_minute
    after = [
        minute
        for minute in minutes_between(current, at + WARM_UP_MINUTES, at + span.reading)
        if minute.requests > 0
        and minute.minute in previous
        and previous[minute.minute].requests > 0
    ]
    if len(after) < FEWEST_PAIRS:
        return None
    return Windows([previous[minute.minute] for minute in after], after)
