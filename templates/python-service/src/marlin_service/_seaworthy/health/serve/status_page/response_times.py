"""The response times of the last minutes, drawn and in numbers."""

from ...health_snapshot import HealthSnapshot
from ..traffic_measurements import quantile_ms
from .html import Html, html
from .latency_chart import chart_rows, latency_chart
from .section import quiet, section
from .table import Column, table
from .words import say_count, say_many, say_milliseconds


def response_times(snapshot: HealthSnapshot) -> Html:
    """Returns the section."""
    name, title = "response-times", "Response times"
    minutes = say_many(snapshot.window.minutes, "minute")
    rows = chart_rows(snapshot.window.total)
    if not rows:
        return section(name, title, quiet(f"No request in the last {minutes}."))
    numbers = table(
        name,
        f"The last {minutes}. Failed means 500 and above; a quick failure is no quick answer.",
        [Column("Requests"), Column("Count", True), Column("p50", True), Column("p95", True)],
        [
            [
                row.name,
                say_count(row.times.count),
                say_milliseconds(quantile_ms(row.times, 0.5)),
                say_milliseconds(quantile_ms(row.times, 0.95)),
            ]
            for row in rows
        ],
    )
    body = html(
        """{chart}
        {numbers}""",
        chart=latency_chart(rows, snapshot.objectives.response_time_ms),
        numbers=numbers,
    )
    return section(name, title, body)
