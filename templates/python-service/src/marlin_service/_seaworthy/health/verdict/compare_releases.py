"""Compares two releases: side by side where both served at once, else one after the other."""

from dataclasses import dataclass

from .choose_windows import Span, paired_windows, sequential_windows
from .clustered_difference import clustered_difference
from .compare_windows import Compared, Windows, compare_windows
from .deploy_verdict import Mode
from .difference import FEWEST_MINUTES
from .paired_difference import paired_difference
from .placebo_history import PlaceboHistory, placebo_history
from .release_minutes import Releases


@dataclass(frozen=True)
class ComparedReleases:
    """What was compared, how, and what it is held against: nothing, side by side."""

    mode: Mode
    windows: Windows
    compared: Compared
    placebo: PlaceboHistory | None


def compare_releases(
    release_id: str,
    previous_release_id: str | None,
    releases: Releases,
    history: Releases,
    span: Span,
) -> ComparedReleases:
    """Compares; side by side unless only the minutes before have enough requests."""
    previous = previous_release_id or ""
    current = releases.get(release_id)
    windows, gap = sequential_windows(history.get(previous), current, span)
    shared = None
    if previous != release_id:
        shared = paired_windows(releases.get(previous), current, span)
    if shared is not None:
        compared = compare_windows(shared, paired_difference)
        has_median = any(each.kind == "p50" for each in compared.comparisons)
        if has_median or len(windows.before) < FEWEST_MINUTES:
            return ComparedReleases("side by side", shared, compared, None)
    compared = compare_windows(windows, clustered_difference)
    placebo = placebo_history(history, span, gap)
    return ComparedReleases("before and after", windows, compared, placebo)
