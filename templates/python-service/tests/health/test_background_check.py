"""A check is never green unless it ran well not long ago."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from marlin_service._seaworthy.health import Check, CheckFailure
from marlin_service._seaworthy.health.checks.background_check import (
    BackgroundCheck,
)
from marlin_service._seaworthy.health.checks.check import Gate
from marlin_service._seaworthy.health.checks.clock import Clock

from seen_requests import HeldClock

Run = Callable[[], Awaitable[object]]


class Recorded:
    """A check, its clock, and the errors it reported."""

    def __init__(self, run: Run, gates: Gate = "report") -> None:
        self.failures: list[CheckFailure] = []
        self.clock = HeldClock(0)
        check = Check(run=run, timeout_ms=20, gates=gates)
        self.check = BackgroundCheck("db", check, self.failures.append, Clock(self.clock))

    def run(self, times: int = 1) -> None:
        async def run() -> None:
            for _ in range(times):
                await self.check.run_once()
                # What was cancelled ends in the next turn of the loop.
                await asyncio.sleep(0)

        asyncio.run(run())


async def well() -> None:
    pass


async def badly() -> None:
    raise ConnectionError("refused")


def raises_at_once() -> Awaitable[object]:
    raise ConnectionError("refused")


async def cancels_itself() -> None:
    raise asyncio.CancelledError


async def hangs() -> None:
    await asyncio.Event().wait()


HELD_BACK: list[tuple[Gate, str]] = [("report", "warn"), ("ready", "fail"), ("startup", "fail")]


@pytest.mark.parametrize(("gates", "status"), HELD_BACK)
def test_a_check_that_has_not_run_is_not_green(gates: Gate, status: str) -> None:
    found = Recorded(well, gates).check.read()
    assert (found.status, found.gates, found.duration_ms, found.at) == (status, gates, None, None)


@pytest.mark.parametrize("gates", ["report", "startup"])
def test_a_check_that_went_well_is_green_until_it_is_stale(gates: Gate) -> None:
    recorded = Recorded(well, gates)
    recorded.run()
    assert recorded.check.status() == "pass"
    recorded.clock.seconds = 3 * (5.0 + 0.02)
    assert recorded.check.status() == "pass"
    recorded.clock.seconds += 0.01
    assert recorded.check.status() == "warn"


@pytest.mark.parametrize("run", [badly, raises_at_once, cancels_itself, hangs])
@pytest.mark.parametrize(("gates", "status"), HELD_BACK)
def test_a_check_that_goes_wrong_is_reported(run: Run, gates: Gate, status: str) -> None:
    recorded = Recorded(run, gates)
    recorded.run(2)
    assert recorded.check.status() == status
    counted = [(failure.check, failure.consecutive_failures) for failure in recorded.failures]
    assert counted == [("db", 1), ("db", 2)]


def test_one_failure_after_a_success_is_forgiven_and_a_second_is_not() -> None:
    outcomes = iter([well, badly, badly, well])
    recorded = Recorded(lambda: next(outcomes)())
    seen = []
    for _ in range(4):
        recorded.run()
        seen.append(recorded.check.status())
    assert seen == ["pass", "pass", "warn", "pass"]


def test_a_check_that_ignores_its_cancellation_is_not_joined_by_a_second_and_goes_stale() -> None:
    starts = []
    released = False

    async def stubborn() -> None:
        starts.append(1)
        while len(starts) > 1 and not released:
            try:
                await asyncio.sleep(0.005)
            except asyncio.CancelledError:
                continue

    recorded = Recorded(stubborn)

    async def run() -> list[str]:
        nonlocal released
        seen = []
        for seconds in (0, 5, 10, 25):
            recorded.clock.seconds = seconds
            await recorded.check.run_once()
            seen.append(recorded.check.status())
        released = True
        await asyncio.sleep(0.02)
        await recorded.check.run_once()
        return [*seen, recorded.check.status()]

    # Once timed out it is forgiven, as any first failure; then nothing is known.
    assert asyncio.run(run()) == ["pass", "pass", "pass", "warn", "pass"]
    assert len(starts) == 3
    assert [str(failure.error) for failure in recorded.failures] == ["no answer within 20 ms"]


def test_a_check_runs_again_until_it_is_cancelled() -> None:
    async def run() -> int:
        runs = 0
        enough = asyncio.Event()

        async def count() -> None:
            nonlocal runs
            runs += 1
            if runs == 3:
                enough.set()

        check = BackgroundCheck("db", Check(run=count, every_ms=1), lambda _: None, Clock())
        task = asyncio.create_task(check.run_forever())
        await enough.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return runs

    assert asyncio.run(run()) == 3


def test_a_system_clock_that_is_set_back_makes_no_check_green() -> None:
    recorded = Recorded(well)
    elapsed = HeldClock(100)
    clock = Clock(recorded.clock)
    clock.elapsed = elapsed
    check = BackgroundCheck("db", recorded.check.check, lambda _: None, clock)
    asyncio.run(check.run_once())
    assert check.status() == "pass"
    recorded.clock.seconds, elapsed.seconds = -3600, 200
    assert check.status() == "warn"
