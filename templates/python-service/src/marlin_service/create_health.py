"""The checks and the history behind /healthz, /metrics and /status."""

from pathlib import Path

from ._seaworthy.health import (
    Check,
    CheckFailure,
    FileHistory,
    Health,
    HealthOptions,
    HistoryOptions,
    Objectives,
)
from .database import Database
from .json_log import error_fields, log_fields
from .service import OBJECTIVES, SERVICE_NAME
from .settings import Settings


def create_health(settings: Settings, database: Database) -> Health:
    """Builds the health; what fails in a check or the history is logged and served to nobody."""
    limits, service = settings.health, settings.service
    history = FileHistory(Path(service.health_history_path), _history_failed)
    check = Check(
        run=database.check,
        component_type="datastore",
        every_ms=limits.check_interval_ms,
        timeout_ms=limits.check_timeout_ms,
        fail_after=limits.check_fail_after,
    )
    options = HealthOptions(
        service_id=SERVICE_NAME,
        release_id=service.release_id,
        objectives=Objectives(**OBJECTIVES._asdict()),
        history=HistoryOptions(history=history, on_problem=_history_failed),
    )
    return Health(options, {"database": check}, _check_failed)


def _check_failed(failure: CheckFailure) -> None:
    log_fields(
        "warn",
        "check failed",
        check=failure.check,
        consecutiveFailures=failure.consecutive_failures,
        error=error_fields(failure.error),
    )


def _history_failed(error: Exception) -> None:
    log_fields("warn", "history failed", error=error_fields(error))
