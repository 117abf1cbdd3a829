"""The verdict, on small histories; the contract holds many more."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from marlin_service._seaworthy.health.recording.minute_record import (
    MinuteRecord,
)
from marlin_service._seaworthy.health.verdict.deploy_verdict import (
    DeployVerdict,
)
from marlin_service._seaworthy.health.verdict.judge_deployment import (
    DeploymentInput,
    judge_deployment,
)
from marlin_service._seaworthy.health.verdict.release_minutes import (
    merge_records,
)
from marlin_service._seaworthy.health.verdict.settled_history import (
    settled_history,
)

from minute_records import record_of, stratum_of

# Six hours before the deployment, and an hour since.
DEPLOYED = 29_900_160
BEFORE, SINCE = DEPLOYED - 360, DEPLOYED + 61


def minutes_of(
    release_id: str,
    start: int,
    until: int,
    *,
    slower: float = 1,
    calls: int = 2,
    errors: int = 0,
    hits: float = 0.7,
) -> list[MinuteRecord]:
    """Makes minutes whose load varies, always in the same way."""
    noise = random.Random(start)  # noqa: S311
    found = []
    for minute in range(start, until):
        load = noise.uniform(0.9, 1.1)
        found.append(
            record_of(
                minute,
                release_id,
                errors=errors,
                hit=stratum_of(round(100 * hits), 2000 * load),
                miss=stratum_of(round(100 * (1 - hits)), 30_000 * load * slower, calls),
            )
        )
    return found


def judged(records: Sequence[MinuteRecord], minutes: int = 61, **given: Any) -> DeployVerdict:
    return judge_deployment(
        DeploymentInput(
            deployed_at_minute=DEPLOYED,
            release_id="v2",
            records=records,
            now_minute=DEPLOYED + minutes,
            **given,
        )
    )


OLD = minutes_of("v1", BEFORE, DEPLOYED)


def test_before_the_first_reading_it_collects() -> None:
    verdict = judged(OLD, minutes=10)
    assert verdict["collecting"] == {"firstReadingMinute": DEPLOYED + 11}
    assert verdict["sentence"] == (
        "Collecting: the first reading is due at 00:11 UTC. Until then no change would have shown."
    )
    assert verdict["numbers"]["previousReleaseId"] == "v1"


@pytest.mark.parametrize(
    ("since", "word", "said"),
    [
        ({}, "no change seen", "No change seen since v2 (60 min, 5,700 requests)."),
        ({"slower": 2}, "slower", "Slower: misses p50 30 → 59 ms (+99 %)"),
        ({"slower": 0.5}, "faster", "Faster: misses p50 30 → 15 ms (-"),
        ({"errors": 9}, "more errors", "More errors: 0 → 8.3 % (0 of 3,000 → 513 of 6,213)"),
        ({"calls": 5}, "more database work", "Same speed, more database work: 2.0 → 5.0 calls"),
        ({"calls": 5, "slower": 2}, "slower", "More database work: 2.0 → 5.0 calls per miss."),
    ],
)
def test_what_changed_is_said_in_a_word_and_a_sentence(
    since: dict[str, Any], word: str, said: str
) -> None:
    verdict = judged(OLD + minutes_of("v2", DEPLOYED, SINCE, **since))
    assert (verdict["verdict"], verdict["preliminary"]) == (word, False)
    assert said in verdict["sentence"]
    assert verdict["numbers"]["mode"] == "before and after"
    assert verdict["numbers"]["comparisons"] >= 16


def test_a_lucky_cache_is_no_change_of_speed() -> None:
    verdict = judged(OLD + minutes_of("v2", DEPLOYED, SINCE, hits=0.8))
    assert verdict["verdict"] == "no change seen"
    assert "Cache 70 → 80 %." in verdict["sentence"]


def test_with_little_history_a_word_is_preliminary() -> None:
    records = OLD[-60:] + minutes_of("v2", DEPLOYED, SINCE, slower=3)
    verdict = judged(records, minutes=11)
    assert (verdict["verdict"], verdict["preliminary"]) == ("slower", True)
    assert verdict["sentence"].startswith("Preliminary, with ")


def test_releases_that_serve_at_once_are_compared_minute_by_minute() -> None:
    both = minutes_of("v1", DEPLOYED, SINCE) + minutes_of("v2", DEPLOYED, SINCE, slower=2)
    verdict = judged(both, previous_release_id="v1")
    assert (verdict["verdict"], verdict["numbers"]["mode"]) == ("slower", "side by side")
    assert verdict["preliminary"] is False


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([], "0 of 7 minutes before the deployment"),
        (OLD, "0 of 7 minutes since the deployment"),
        (OLD + minutes_of("v2", DEPLOYED, DEPLOYED + 8), "5 of 7 minutes since the deployment"),
        (OLD + minutes_of("v2", DEPLOYED, DEPLOYED + 11), "210 of 400 misses"),
    ],
)
def test_what_is_missing_is_said(records: list[MinuteRecord], said: str) -> None:
    verdict = judged(records, minutes=11)
    assert verdict["verdict"] == "not enough data"
    assert verdict["sentence"].startswith(f"Not enough data: {said}; next reading 00:31 UTC.")


def test_hits_that_lost_their_status_make_nothing_faster() -> None:
    since = [
        record_of(minute, "v2", none=stratum_of(100, 9000)) for minute in range(DEPLOYED, SINCE)
    ]
    verdict = judged(OLD + since)
    assert verdict["verdict"] == "not enough data"
    why = "Not enough data: no cache status on 100 % of requests, 0 % before;"
    assert verdict["sentence"].startswith(why)


def test_a_release_that_took_over_is_settled_after_three_minutes() -> None:
    records = minutes_of("v0", BEFORE, BEFORE + 60) + minutes_of("v1", BEFORE + 60, DEPLOYED)
    releases, _ = merge_records(records)
    settled = settled_history(releases, DEPLOYED)
    assert (min(settled["v0"]), max(settled["v0"])) == (BEFORE, BEFORE + 59)
    assert (min(settled["v1"]), max(settled["v1"])) == (BEFORE + 63, DEPLOYED - 1)


def test_malformed_records_are_counted_and_left_out() -> None:
    sound = OLD + minutes_of("v2", DEPLOYED, SINCE)
    wrong: list[Any] = [None, {}, record_of(DEPLOYED, ""), record_of(-1)]
    verdict = judged(sound + wrong)
    assert verdict["numbers"]["refusedRecords"] == 4
    verdict["numbers"]["refusedRecords"] = 0
    assert verdict == judged(sound)


SLOWER = OLD[-120:] + minutes_of("v2", DEPLOYED, DEPLOYED + 30, slower=1.5)
EXPECTED = judged(SLOWER, minutes=31)


@hypothesis_settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(order: random.Random) -> None:
    records = list(SLOWER)
    order.shuffle(records)
    assert judged(records, minutes=31) == EXPECTED


def test_minutes_of_several_processes_add_up() -> None:
    parts: list[MinuteRecord] = []
    for record in SLOWER:
        minute, release_id, strata = record["minute"], record["releaseId"], record["strata"]
        parts.append(record_of(minute, release_id, hit=strata["hit"]))
        parts.append(record_of(minute, release_id, miss=strata["miss"]))
    assert judged(parts, minutes=31) == EXPECTED
