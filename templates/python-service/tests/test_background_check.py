"""A check is never green unless it ran well not long ago."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from marlin_service._seaworthy.background_check import (
    BackgroundCheck,
    Check,
)

Run = Callable[[], Awaitable[object]]


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Recorded:
    """A check, its clock, and the errors it reported."""

    def __init__(self, run: Run, *, ready: bool = False, timeout_ms: int = 20) -> None:
        self.errors: list[BaseException] = []
        self.clock = Clock()
        gates: Check = Check(run=run, timeout_ms=timeout_ms, gates="ready" if ready else "report")
        failed = lambda _, error: self.errors.append(error)  # noqa: E731
        self.check = BackgroundCheck("db", gates, failed, self.clock)

    def run(self, times: int = 1) -> None:
        async def run() -> None:
            for _ in range(times):
                await self.check.run_once()

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


@pytest.mark.parametrize(("ready", "status"), [(False, "warn"), (True, "fail")])
def test_a_check_that_has_not_run_is_not_green(ready: bool, status: str) -> None:
    check = Recorded(well, ready=ready).check
    assert check.status() == status
    assert check.took_ms is None


def test_a_check_that_went_well_is_green_until_it_is_stale() -> None:
    recorded = Recorded(well)
    recorded.run()
    assert recorded.check.status() == "pass"
    recorded.clock.seconds = 3 * (5.0 + 0.02)
    assert recorded.check.status() == "pass"
    recorded.clock.seconds += 0.01
    assert recorded.check.status() == "warn"


@pytest.mark.parametrize("run", [badly, raises_at_once, cancels_itself, hangs])
@pytest.mark.parametrize(("ready", "status"), [(False, "warn"), (True, "fail")])
def test_a_check_that_goes_wrong_is_reported(run: Run, ready: bool, status: str) -> None:
    recorded = Recorded(run, ready=ready)
    recorded.run()
    assert recorded.check.status() == status
    assert len(recorded.errors) == 1


def test_one_failure_after_a_success_is_forgiven_and_a_second_is_not() -> None:
    outcomes = iter([well, badly, badly, well])
    recorded = Recorded(lambda: next(outcomes)())
    seen = []
    for _ in range(4):
        recorded.run()
        seen.append(recorded.check.status())
    assert seen == ["pass", "pass", "warn", "pass"]


def test_a_check_that_ignores_its_cancellation_is_not_started_twice() -> None:
    starts = []
    released = False

    async def stubborn() -> None:
        starts.append(1)
        while not released:
            try:
                await asyncio.sleep(0.005)
            except asyncio.CancelledError:
                continue

    recorded = Recorded(stubborn)

    async def run() -> None:
        nonlocal released
        await recorded.check.run_once()
        await recorded.check.run_once()
        released = True
        await asyncio.sleep(0.02)

    asyncio.run(run())
    assert len(starts) == 1
    assert [str(error) for error in recorded.errors] == [
        "no answer within 20 ms",
        "the former run has not ended",
    ]
    assert recorded.check.status() == "warn"


def test_a_check_runs_again_until_it_is_cancelled() -> None:
    async def run() -> int:
        runs = 0
        enough = asyncio.Event()

        async def count() -> None:
            nonlocal runs
            runs += 1
            if runs == 3:
                enough.set()

        check = BackgroundCheck("db", Check(run=count, every_ms=1), lambda *_: None)
        task = asyncio.create_task(check.run_forever())
        await enough.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return runs

    assert asyncio.run(run()) == 3
