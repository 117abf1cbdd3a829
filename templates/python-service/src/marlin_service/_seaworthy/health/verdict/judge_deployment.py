"""Judges whether a deployment changed response times, errors or database work."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..recording.minute_record import MinuteRecord
from .cache_guard import unknown_cache_status
from .choose_windows import Span
from .choose_word import choose_word
from .collecting_verdict import collecting_verdict
from .compare_releases import compare_releases
from .compare_windows import Comparison
from .deploy_verdict import DeployNumbers, DeployVerdict
from .find_missing import find_missing
from .judge_tests import judge_tests
from .placebo_history import FEWEST_PLACEBOS
from .previous_release import previous_release
from .readings import readings_at
from .release_minutes import merge_records
from .settled_history import settled_history
from .summarise_side import summarise_side
from .wording import sentence_of

# The share of deployments without any change for which one reading or another may say otherwise.
_FALSE_ALARMS: Final = 0.05
# Below so many errors on both sides, their share is a coincidence.
_FEWEST_ERRORS: Final = 10


@dataclass(frozen=True, kw_only=True)
class DeploymentInput:
    """What a verdict is made of: plain data, and the time it is read at.

    Minutes are whole ones since 1970. Records are of any release and any number of processes, in
    any order. State the readings before looking: the risk of a false alarm is shared out among
    them.
    """

    deployed_at_minute: int
    release_id: str
    records: Sequence[MinuteRecord]
    now_minute: int
    previous_release_id: str | None = None
    read_after_minutes: Sequence[int] | None = None


def judge_deployment(given: DeploymentInput) -> DeployVerdict:
    """Returns the verdict; the same records give the same one.

    The minute is the unit, cache hits and misses are never pooled, and every difference is held
    against how much the same difference varied at earlier moments without a deployment. Where
    both releases served at once, they are compared minute by minute instead, and no history is
    needed.
    """
    at, release_id = given.deployed_at_minute, given.release_id
    readings = readings_at(at, given.now_minute, given.read_after_minutes)
    releases, refused = merge_records(given.records)
    history = settled_history(releases, at)
    previous = given.previous_release_id or previous_release(
        at, release_id, history, releases, at + (readings.latest or 0)
    )
    if readings.latest is None:
        return collecting_verdict(
            first_reading_minute=readings.next_minute or 0,
            previous_release_id=previous,
            refused_records=refused,
        )
    found = compare_releases(release_id, previous, releases, history, Span(at, readings.latest))
    before, after = (summarise_side(side) for side in found.windows)
    unknown = unknown_cache_status(before, after)
    testable = [
        each
        for each in found.compared.comparisons
        if (
            before["errors"] + after["errors"] >= _FEWEST_ERRORS
            if each.kind == "errors"
            else unknown is None and not _is_idle(each)
        )
    ]
    placebo = found.placebo
    tests, smallest = judge_tests(testable, _FALSE_ALARMS / readings.count, placebo)
    numbers: DeployNumbers = {
        "mode": found.mode,
        "readAfterMinutes": readings.latest,
        "nextReadingMinute": readings.next_minute,
        "previousReleaseId": previous,
        "before": before,
        "after": after,
        "comparisons": placebo.moments if placebo else 0,
        "historyHours": placebo.hours if placebo else 0,
        "tests": tests,
        "tooFew": found.compared.too_few,
        "refusedRecords": refused,
    }
    missing = find_missing(before, after, found.compared.too_few, unknown)
    verdict = choose_word(tests, complete=missing is None)
    preliminary = (
        verdict != "not enough data" and placebo is not None and placebo.moments < FEWEST_PLACEBOS
    )
    return {
        "verdict": verdict,
        "preliminary": preliminary,
        "sentence": sentence_of(
            verdict,
            numbers,
            smallest,
            release_id=release_id,
            missing=missing,
            preliminary=preliminary,
        ),
        "numbers": numbers,
        "smallestChange": smallest,
    }


def _is_idle(comparison: Comparison) -> bool:
    # Requests that never call a database: there is nothing to compare, and they must not make the
    # family larger.
    both_none = comparison.before == 0 and comparison.after == 0
    return comparison.kind == "databaseCalls" and both_none
