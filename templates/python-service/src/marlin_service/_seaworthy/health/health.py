"""The health of a service: is it up, is it slow, do jobs fail, what did a deployment change."""

from collections.abc import Callable, Mapping

from .checks.check import Check, CheckFailure
from .checks.checks import Checks
from .checks.clock import Clock
from .guarded_report import guarded_report
from .health_options import HealthOptions
from .health_snapshot import HealthSnapshot
from .jobs.job_totals import JobCounts, JobOutcome
from .recording.recorder import Recorder
from .recording.watch_deployment import DeploymentWatch


class Health:
    """Measures requests, runs background checks, and knows whether to take requests."""

    def __init__(
        self,
        options: HealthOptions,
        checks: Mapping[str, Check],
        on_check_failed: Callable[[CheckFailure], None],
        clock: Clock | None = None,
    ) -> None:
        self.clock = clock or Clock()
        self.options = options
        self.draining = False
        self.recorder = Recorder(self.clock.origin)
        self.checks = Checks(checks, guarded_report(on_check_failed), self.clock)
        self._jobs = JobCounts()
        self.deployment = (
            None
            if options.history is None
            else DeploymentWatch(options.history, options.release_id, self.recorder, self.clock)
        )

    def start(self) -> None:
        """Starts the background checks and the history on the running loop."""
        self.checks.start()
        if self.deployment is not None:
            self.deployment.start()

    async def stop(self) -> None:
        """Stops both. What the checks found goes stale; requests are still measured."""
        await self.checks.stop()
        if self.deployment is not None:
            await self.deployment.stop()

    def drain(self) -> None:
        """Turns readiness off at once; requests in flight are not touched."""
        self.draining = True

    def ready(self) -> bool:
        """Whether the balancer may send requests here."""
        return not self.draining and self.checks.started() and self.checks.ready()

    def started(self) -> bool:
        """Whether every check that gates the start has passed once."""
        return self.checks.started()

    def job_finished(self, name: str, outcome: JobOutcome) -> None:
        """Counts one run of background work."""
        self._jobs.record(name, outcome, self.clock.wall())

    def snapshot(self) -> HealthSnapshot:
        """Returns everything that is known at this moment."""
        return HealthSnapshot(
            service_id=self.options.service_id,
            release_id=self.options.release_id,
            objectives=self.options.objectives,
            now=self.clock.wall(),
            started_at=self.clock.started_at,
            ready=self.ready(),
            started=self.started(),
            draining=self.draining,
            checks=self.checks.read(),
            window=self.recorder.read_window(self.clock.steady()),
            read_series=self.recorder.read_since_start,
            totals=self.recorder.read_totals(),
            jobs=self._jobs.read(),
            deploy=None if self.deployment is None else self.deployment.verdict(),
        )
