"""What each check found last."""

from typing import Final

from ...checks.check import URGENCY, CheckSnapshot, Gate, Status
from ...health_snapshot import HealthSnapshot
from .html import Html
from .section import ago, quiet, section
from .table import Column, Row, table
from .tone import toned
from .words import say_milliseconds

_GATES: Final[dict[Gate, str]] = {"report": "nothing", "ready": "traffic", "startup": "the start"}
_WORDS: Final[dict[Status, str]] = {
    "pass": "passes",
    "warn": "does not pass",
    "fail": "does not pass",
}


def check_table(snapshot: HealthSnapshot) -> Html:
    """Returns the section."""
    if not snapshot.checks:
        return section("checks", "Checks", quiet("None is declared."))
    worst = sorted(snapshot.checks, key=lambda each: URGENCY[each.status])
    body = table(
        "checks",
        "They run in the background. The error of one stands in the log of the service.",
        [
            Column("Check"),
            Column("Now"),
            Column("Holds back"),
            Column("Last run"),
            Column("Took", True),
        ],
        [_row(check, snapshot.now) for check in worst],
    )
    return section("checks", "Checks", body)


def _row(check: CheckSnapshot, now: float) -> Row:
    has_run = check.at is not None
    return [
        check.name,
        toned(check.status, _WORDS[check.status]) if has_run else toned("idle", "has not run yet"),
        _GATES[check.gates],
        ago(check.at, now),
        say_milliseconds(check.duration_ms),
    ]
