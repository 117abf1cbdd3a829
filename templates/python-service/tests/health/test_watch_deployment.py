"""Minutes are written once they have ended, and the history is asked when a reading is due."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from marlin_service._seaworthy.health import Health, HistoryOptions
from marlin_service._seaworthy.health.recording.in_thread import in_thread
from marlin_service._seaworthy.health.recording.minute_record import (
    MinuteRecord,
)
from marlin_service._seaworthy.health.recording.watch_deployment import (
    DeploymentWatch,
)
from marlin_service._seaworthy.health.serve.build_document import (
    build_document,
)

from minute_records import record_of, stratum_of
from seen_requests import START, HeldClock, health_of, see

MINUTE = int(START // 60)


class KeptInMemory:
    """A history that can be told to fail."""

    def __init__(self, records: Sequence[MinuteRecord] = ()) -> None:
        self.records = list(records)
        self.problems: list[Exception] = []
        self.reads: list[int] = []
        self.fails = False

    def append(self, record: MinuteRecord) -> None:
        if self.fails:
            raise OSError("a full disk")
        self.records.append(record)

    def read(self, since_minute: int) -> Sequence[MinuteRecord]:
        self.reads.append(since_minute)
        if self.fails:
            raise OSError("no such disk")
        return [record for record in self.records if record["minute"] >= since_minute]


class Watched:
    """A health with such a history, whose minutes a test lets pass."""

    def __init__(self, history: KeptInMemory, clock: HeldClock | None = None) -> None:
        self.history, self.clock = history, clock or HeldClock()
        options = HistoryOptions(history=history, on_problem=history.problems.append)
        self.health: Health = health_of(self.clock, history=options)

    @property
    def watch(self) -> DeploymentWatch:
        assert self.health.deployment is not None
        return self.health.deployment

    def tick(self, minutes: int = 1) -> None:
        self.clock.seconds += minutes * 60
        asyncio.run(self.watch.tick())

    @property
    def answer(self) -> str:
        return build_document(self.health.snapshot(), full=False)["answers"]["deploy"]


def served(release_id: str, start: int, until: int, us: float = 900) -> list[MinuteRecord]:
    """Makes minutes of a release without a cache, whose load changes a little."""
    return [
        record_of(
            minute, release_id, none=stratum_of(60 + minute * 7 % 5, us * (1 + minute % 3 / 9))
        )
        for minute in range(start, until)
    ]


def test_a_minute_is_written_once_when_it_has_ended() -> None:
    watched = Watched(KeptInMemory())
    see(watched.health, watched.clock, 2, cache="miss", calls=3, ms=1)
    see(watched.health, watched.clock, status=500)
    see(watched.health, watched.clock, status=499)
    watched.tick(0)
    assert watched.history.records == []
    watched.tick()
    watched.tick()
    assert watched.history.records == [
        {
            "minute": MINUTE,
            "releaseId": "v1",
            "requests": 4,
            "errors": 1,
            "strata": {
                "hit": {"requests": 0, "databaseCalls": 0, "times": []},
                "miss": {"requests": 2, "databaseCalls": 6, "times": [(111, 2)]},
                "none": {"requests": 0, "databaseCalls": 0, "times": []},
            },
        }
    ]


def test_what_the_history_does_not_take_is_tried_again() -> None:
    watched = Watched(KeptInMemory())
    see(watched.health, watched.clock)
    watched.history.fails = True
    watched.tick()
    watched.tick()
    assert [str(problem) for problem in watched.history.problems] == [
        "a full disk",
        "no such disk",
    ] * 2
    watched.history.fails = False
    watched.tick()
    assert [record["minute"] for record in watched.history.records] == [MINUTE]


def test_before_the_first_reading_it_collects_and_asks_once() -> None:
    watched = Watched(KeptInMemory(served("v0", MINUTE - 60, MINUTE)))
    assert watched.answer == "collecting"
    for _ in range(10):
        watched.tick()
    assert watched.answer == "collecting"
    assert watched.watch.verdict()["numbers"]["previousReleaseId"] == "v0"
    assert watched.history.reads == [MINUTE - 13 * 60]


def test_a_slower_release_is_said_at_the_first_reading() -> None:
    records = served("v0", MINUTE - 300, MINUTE) + served("v1", MINUTE, MINUTE + 60, us=90_000)
    watched = Watched(KeptInMemory(records))
    watched.tick(11)
    assert watched.answer == "slower"
    document = build_document(watched.health.snapshot(), full=True)
    numbers = document["numbers"]["deploy"]
    assert numbers is not None
    assert (numbers["previousReleaseId"], numbers["readAfterMinutes"]) == ("v0", 10)
    assert [change["kind"] for change in numbers["changed"]] == ["p50", "p95"]
    assert document["deploy"]["sentence"].startswith("Slower: requests p50 ")
    for _ in range(60):
        watched.tick()
    # At each reading, and once more for whoever wrote late.
    assert len(watched.history.reads) == 6
    assert watched.watch.verdict()["numbers"]["nextReadingMinute"] is None


def test_a_process_that_starts_again_does_not_forget_what_it_cannot_read() -> None:
    watched = Watched(KeptInMemory())
    watched.history.fails = True
    watched.tick(120)
    assert watched.answer == "collecting"
    assert watched.watch.verdict()["numbers"]["nextReadingMinute"] == MINUTE + 120
    watched.history.fails = False
    watched.tick()
    assert watched.answer == "not enough data"


def test_a_clock_that_was_corrected_names_the_minute_as_it_is_now() -> None:
    watched = Watched(KeptInMemory())
    see(watched.health, watched.clock)
    watched.health.clock.wall = HeldClock(START + 3 * 60)
    watched.tick()
    assert watched.history.records[0]["minute"] == MINUTE + 2


def test_a_history_that_hangs_is_said_and_holds_nothing_up() -> None:
    async def run() -> list[str]:
        watched = Watched(KeptInMemory())
        see(watched.health, watched.clock)
        watched.clock.seconds += 60
        hangs = asyncio.Event()
        watch = watched.watch

        async def hang() -> None:
            await hangs.wait()

        watch.keeper._keep = hang  # type: ignore[method-assign]
        first = asyncio.create_task(watch.tick())
        for _ in range(6):
            await asyncio.sleep(0)
            await watch.tick()
        hangs.set()
        await first
        return [str(problem).split(".")[0] for problem in watched.history.problems]

    assert asyncio.run(run()) == ["the history takes no minutes"] * 2


def test_a_disk_that_hangs_keeps_no_process() -> None:
    release = threading.Event()
    ended: list[bool] = []

    async def run() -> None:
        task = asyncio.create_task(in_thread(lambda: ended.append(release.wait(10))))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(run())
    assert ended == []
    release.set()


def test_work_in_a_thread_gives_what_it_returns_and_what_it_raises() -> None:
    def fails() -> None:
        raise OSError("a full disk")

    assert asyncio.run(in_thread(lambda: threading.current_thread().daemon)) is True
    with pytest.raises(OSError, match="a full disk"):
        asyncio.run(in_thread(fails))


def test_a_log_that_fails_ends_nothing() -> None:
    told: list[Exception] = []

    def fails(problem: Exception) -> None:
        told.append(problem)
        raise RuntimeError("the log is broken")

    history = KeptInMemory()
    options = HistoryOptions(history=history, on_problem=fails)
    clock = HeldClock()
    health = health_of(clock, history=options)
    history.fails = True
    see(health, clock)
    clock.seconds += 60
    assert health.deployment is not None
    asyncio.run(health.deployment.tick())
    assert [str(problem) for problem in told] == ["a full disk", "no such disk"]


def test_it_stops_with_the_service() -> None:
    async def run() -> int:
        watched = Watched(KeptInMemory())
        watched.health.start()
        await asyncio.sleep(0.05)
        await watched.health.stop()
        return len(asyncio.all_tasks())

    assert asyncio.run(run()) == 1
