"""Four answers about a service, from four numbers per request; contract health/1."""

from .checks.check import Check, CheckFailure
from .health import Health
from .health_options import HealthOptions, HistoryOptions, Objectives
from .history.file_history import FileHistory
from .recording.request_marks import (
    STATUS_CLIENT_GONE,
    RequestMarks,
    count_database_call,
    current_request,
    mark_cache,
    mark_route,
)
from .serve.carries_token import CarriesToken
from .serve.health_endpoints import HealthEndpoints

__all__ = [
    "STATUS_CLIENT_GONE",
    "CarriesToken",
    "Check",
    "CheckFailure",
    "FileHistory",
    "Health",
    "HealthEndpoints",
    "HealthOptions",
    "HistoryOptions",
    "Objectives",
    "RequestMarks",
    "count_database_call",
    "current_request",
    "mark_cache",
    "mark_route",
]
