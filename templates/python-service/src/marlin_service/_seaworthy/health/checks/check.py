"""What a check asks, how often, and what its failure does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Literal

Status = Literal["pass", "warn", "fail"]
Gate = Literal["report", "ready", "startup"]

# From what takes traffic away to what needs nothing.
URGENCY: Final[dict[Status, int]] = {"fail": 0, "warn": 1, "pass": 2}


@dataclass(frozen=True, kw_only=True)
class Check:
    """How a dependency is asked.

    `report` warns; `ready` takes the instance out of the balancer; `startup` holds it back until
    the check has passed once, and reports from then on.
    """

    run: Callable[[], Awaitable[object]]
    component_type: str = "component"
    every_ms: int = 5000
    timeout_ms: int = 1000
    fail_after: int = 2
    gates: Gate = "report"


@dataclass(frozen=True, kw_only=True)
class CheckFailure:
    """What went wrong; the only place where the error of a check appears."""

    check: str
    consecutive_failures: int
    error: BaseException


@dataclass(frozen=True, kw_only=True)
class CheckSnapshot:
    """What one check last found; nothing of a run before the first one has ended."""

    name: str
    component_type: str
    gates: Gate
    status: Status
    duration_ms: float | None
    at: float | None
