"""Renders /metrics: every family has its HELP, its TYPE and its unit, and no time of its own."""

from typing import Final

from ...health_snapshot import HealthSnapshot
from ..answer_questions import answer_questions
from ..traffic_measurements import measure_traffic
from .job_metrics import job_metrics
from .metric_family import write_families
from .request_metrics import request_metrics
from .state_metrics import state_metrics

METRICS_CONTENT_TYPE: Final = b"text/plain; version=0.0.4; charset=utf-8"


def render_metrics(snapshot: HealthSnapshot) -> str:
    """Returns the page."""
    traffic = measure_traffic(snapshot.window.total, snapshot.objectives, snapshot.now)
    answers, _ = answer_questions(snapshot, traffic)
    return write_families(
        [
            *state_metrics(snapshot, answers),
            *request_metrics(snapshot),
            *job_metrics(snapshot.jobs),
        ]
    )
