"""Once a minute, writes what was recorded, and asks the history about the deployment."""

import asyncio
import random
from collections.abc import Coroutine
from typing import Any, Final

from ..checks.clock import Clock
from ..guarded_report import guarded_report
from ..health_options import HistoryOptions
from ..history.history_error import read_slow
from ..verdict.collecting_verdict import collecting_verdict
from ..verdict.deploy_verdict import DeployVerdict
from ..verdict.judge_deployment import DeploymentInput, judge_deployment
from ..verdict.readings import first_reading_minute
from .in_thread import in_thread
from .keep_minutes import MinuteKeeper
from .recorder import Recorder

# Twelve hours of comparisons, and the longest reading before the deployment.
_HISTORY_MINUTES: Final = 13 * 60
# Other processes write their last minute a little later than this one.
_LATE_MINUTES: Final = 3


class DeploymentWatch:
    """Knows the last answer, at hand; it is read and judged in a thread of its own."""

    def __init__(
        self, options: HistoryOptions, release_id: str, recorder: Recorder, clock: Clock
    ) -> None:
        self._options, self._release_id, self._clock = options, release_id, clock
        history, on_problem = options.history, guarded_report(options.on_problem)
        self._on_problem = on_problem
        self.keeper = MinuteKeeper(recorder, clock, release_id, history, on_problem)
        deployed_at = clock.started_at if options.deployed_at is None else options.deployed_at
        self._deployed_at_minute = int(deployed_at // 60)
        self._last: DeployVerdict | None = None
        # None after the last reading.
        self._ask_at_minute: int | None = 0
        self._asking = False
        self._tasks: set[asyncio.Task[None]] = set()

    def verdict(self) -> DeployVerdict:
        """Returns the last answer.

        Until the history has answered once, nothing is known about the deployment, also when it
        was hours ago: a process that starts again must not call that "not enough data". A reading
        is then due at any moment.
        """
        if self._last is not None:
            return self._last
        first = first_reading_minute(self._deployed_at_minute)
        return collecting_verdict(
            first_reading_minute=max(first, self._minute_now()),
            previous_release_id=self._options.previous_release_id,
            refused_records=0,
        )

    def start(self) -> None:
        """Starts to watch on the running loop."""
        self._spawn(self._run_forever())

    async def stop(self) -> None:
        """Stops; what a thread is about to read or write comes to its end."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def tick(self) -> None:
        """Does what is due this minute."""
        await self.keeper.keep()
        await self._ask()

    async def _run_forever(self) -> None:
        while True:
            # Not awaited: a minute that takes longer than one must not delay the next.
            self._spawn(self.tick())
            until_next = 60 - self._clock.steady() % 60
            # A little after the minute, and not every process at once.
            await asyncio.sleep(until_next + random.uniform(1, 5))  # noqa: S311

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _ask(self) -> None:
        now = self._minute_now()
        if self._ask_at_minute is None or now < self._ask_at_minute:
            return
        if self._asking:
            self._on_problem(read_slow())
            return
        self._asking = True
        try:
            before = self.verdict()["numbers"]["readAfterMinutes"]
            self._last = verdict = await in_thread(lambda: self._judge(now))
            numbers = verdict["numbers"]
            soon = now + _LATE_MINUTES
            following = numbers["nextReadingMinute"]
            if numbers["readAfterMinutes"] == before:
                self._ask_at_minute = following
            else:
                self._ask_at_minute = soon if following is None else min(following, soon)
        except Exception as error:
            self._on_problem(error)
        finally:
            self._asking = False

    def _judge(self, now_minute: int) -> DeployVerdict:
        return judge_deployment(
            DeploymentInput(
                deployed_at_minute=self._deployed_at_minute,
                release_id=self._release_id,
                previous_release_id=self._options.previous_release_id,
                records=self._options.history.read(self._deployed_at_minute - _HISTORY_MINUTES),
                now_minute=now_minute,
            )
        )

    def _minute_now(self) -> int:
        return int(self._clock.wall() // 60)
