"""What each route did in the last minutes."""

from typing import Final

from ...health_options import Objectives
from ...health_snapshot import HealthSnapshot
from ...recording.request_marks import CACHE_CLASSES, CacheClass
from ...recording.traffic import Traffic
from ..traffic_measurements import quantile_ms
from .html import Html, html
from .section import quiet, section
from .table import Column, Row, table
from .tone import toned
from .words import say_count, say_many, say_milliseconds, say_rate, say_share

_NUMERIC: Final = (
    "Requests",
    "Errors",
    "p95 hits",
    "p95 misses",
    "p95 no cache",
    "Database calls each",
)


def route_table(snapshot: HealthSnapshot) -> Html:
    """Returns the section."""
    routes = snapshot.window.routes
    if not routes:
        return section("routes", "Routes", quiet("No route was asked for."))
    # The worst first: whoever reads in the night reads from the top.
    worst = sorted(routes.items(), key=lambda each: (-each[1].errors, -each[1].requests))
    minutes = say_many(snapshot.window.minutes, "minute")
    body = table(
        "routes",
        f"The last {minutes}; most errors first, then most requests.",
        [Column("Route"), *(Column(title, True) for title in _NUMERIC)],
        [_row(route, traffic, snapshot.objectives) for route, traffic in worst],
    )
    return section("routes", "Routes", body)


def _row(route: str, traffic: Traffic, objectives: Objectives) -> Row:
    return [
        html("<code>{route}</code>", route=route),
        say_count(traffic.requests),
        _errors(traffic, objectives),
        *(_p95(traffic, cache, objectives) for cache in CACHE_CLASSES),
        say_rate(traffic.database_calls / traffic.requests),
    ]


def _errors(traffic: Traffic, objectives: Objectives) -> Html | str:
    if not traffic.errors:
        return "0"
    share = traffic.errors / traffic.requests
    words = f"{say_count(traffic.errors)} ({say_share(share)})"
    return toned("warn", words) if share > (objectives.error_rate or 0) else words


def _p95(traffic: Traffic, cache: CacheClass, objectives: Objectives) -> Html | str:
    p95, limit = quantile_ms(traffic.times[cache], 0.95), objectives.response_time_ms
    words = say_milliseconds(p95)
    return toned("warn", words) if p95 is not None and limit is not None and p95 > limit else words
