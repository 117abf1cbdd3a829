"""What the health of a service is told about it."""

from collections.abc import Callable
from dataclasses import dataclass

from .history.history import History


@dataclass(frozen=True, kw_only=True)
class Objectives:
    """Limits of the last minutes; above one of them the document warns.

    Without a response time the answer `slow` stays `not enough data`: nothing says what slow is.
    """

    response_time_ms: float | None = None
    error_rate: float | None = None
    database_calls_per_request: float | None = None


@dataclass(frozen=True, kw_only=True)
class HistoryOptions:
    """Where completed minutes are kept, and what a deployment is compared with.

    Without `deployed_at` the deployment was when the process started.
    """

    history: History
    on_problem: Callable[[Exception], None]
    deployed_at: float | None = None
    previous_release_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class HealthOptions:
    """Who answers, what is promised, and the history; without one, no deployment is judged."""

    service_id: str
    release_id: str
    objectives: Objectives = Objectives()
    history: HistoryOptions | None = None
