"""Everything that a rendering of the health needs, at one moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from .checks.check import CheckSnapshot
from .health_options import Objectives
from .jobs.job_totals import JobTotals
from .recording.recorder import Totals, WindowSnapshot
from .recording.request_series import RequestSeries
from .verdict.deploy_verdict import DeployVerdict


@dataclass(frozen=True, kw_only=True)
class HealthSnapshot:
    """What is known; moments are seconds since 1970, and `deploy` is None without a history."""

    service_id: str
    release_id: str
    objectives: Objectives
    now: float
    started_at: float
    ready: bool
    started: bool
    draining: bool
    checks: Sequence[CheckSnapshot]
    window: WindowSnapshot
    read_series: Callable[[], Sequence[RequestSeries]]
    totals: Totals
    jobs: Sequence[JobTotals]
    deploy: DeployVerdict | None

    @cached_property
    def since_start(self) -> Sequence[RequestSeries]:
        """Every series, copied for whoever asks: a probe does not."""
        return self.read_series()
