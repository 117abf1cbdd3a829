"""Draws the distribution of response times on a scale of powers of ten.

Places are shares of the width and sizes are pixels, so that text keeps its size on a phone and no
script is needed.
"""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from ...recording.log_linear_histogram import LogLinearHistogram
from ...recording.traffic import Traffic
from ..traffic_measurements import quantile_ms, round_half_up
from .chart_scale import Scale, middle
from .html import NOTHING, Html, html
from .words import plain, say_many, say_milliseconds

_BINS_PER_DECADE: Final = 12
_ROW_HEIGHT: Final = 116
_BARS_TOP: Final = 50
_BARS_HEIGHT: Final = 56


class ChartRow(NamedTuple):
    """Response times in microseconds under one name."""

    name: str
    times: LogLinearHistogram
    failed: bool = False


def chart_rows(total: Traffic) -> list[ChartRow]:
    """Returns the rows: hits and misses apart, so that a lucky hit looks like one."""
    times = total.times
    rows = []
    if times["hit"].count or times["miss"].count:
        rows += [ChartRow("Cache hits", times["hit"]), ChartRow("Cache misses", times["miss"])]
    if times["none"].count:
        rows.append(ChartRow("No cache asked", times["none"]))
    if total.failed_times.count:
        rows.append(ChartRow("Failed", total.failed_times, failed=True))
    return rows


def latency_chart(rows: Sequence[ChartRow], objective_ms: float | None) -> Html:
    """Returns the picture, and the same in words."""
    scale = Scale.of([row.times for row in rows], objective_ms)
    height = len(rows) * _ROW_HEIGHT
    return html(
        """<svg
          class="chart"
          role="img"
          aria-labelledby="chart-title chart-words"
          width="100%"
          height="{height}"
        >
          <title id="chart-title">Response times on a scale of powers of ten</title>
          <desc id="chart-words">{words}</desc>
          {ticks}
          {objective}
          {rows}
        </svg>""",
        height=height + 40,
        words=" ".join(_describe(row) for row in rows),
        ticks=[
            _draw_tick(10**power, scale, height) for power in range(scale.first, scale.last + 1)
        ],
        objective=NOTHING if objective_ms is None else _draw_objective(objective_ms, scale, height),
        rows=[_draw_row(row, scale, index * _ROW_HEIGHT) for index, row in enumerate(rows)],
    )


def _describe(row: ChartRow) -> str:
    if not row.times.count:
        return f"{row.name}: no requests."
    p50, p95 = (say_milliseconds(quantile_ms(row.times, share)) for share in (0.5, 0.95))
    requests = say_many(row.times.count, "request")
    return f"{row.name}: {requests}, half within {p50}, 95 of 100 within {p95}."


def _beside(x: float, wanted: Literal["left", "right"]) -> Html:
    # Text stands on the side it is asked for, unless that is out of the picture on a phone.
    side = "right" if x < 25 else "left" if x > 75 else wanted
    if side == "right":
        return Html('dx="4" text-anchor="start"')
    return Html('dx="-4" text-anchor="end"')


def _draw_tick(microseconds: int, scale: Scale, height: int) -> Html:
    x = scale.place(microseconds)
    return html(
        """<line class="grid" x1="{x}%" x2="{x}%" y1="{top}" y2="{height}" />
          <text class="tick" x="{x}%" y="{text_y}" text-anchor="{anchor}"
            >{words}</text
          > """,
        x=plain(x),
        top=_BARS_TOP,
        height=height,
        text_y=height + 16,
        anchor="start" if x == 0 else "end" if x == 100 else "middle",
        words=say_milliseconds(microseconds / 1000),
    )


def _draw_objective(objective_ms: float, scale: Scale, height: int) -> Html:
    x = scale.place(objective_ms * 1000)
    return html(
        """<line class="limit" x1="{x}%" x2="{x}%" y1="{top}" y2="{bottom}" />
          <text class="limit-text" x="{x}%" y="{text_y}" {beside}
            >limit {words}</text
          > """,
        x=plain(x),
        top=_BARS_TOP,
        bottom=height + 22,
        text_y=height + 34,
        beside=_beside(x, "left"),
        words=say_milliseconds(objective_ms),
    )


def _draw_row(row: ChartRow, scale: Scale, top: int) -> Html:
    base = top + _BARS_TOP + _BARS_HEIGHT
    return html(
        """<g class="{state}">
          <text class="row-name" x="0" y="{text_y}">{name}</text>
          <text class="row-count" x="100%" y="{text_y}" text-anchor="end">{requests}</text>
          {bars}
          <line class="base" x1="0" x2="100%" y1="{base}" y2="{base}" />
          {p50}
          {p95}
        </g> """,
        state="failed" if row.failed else "answered",
        text_y=top + 14,
        name=row.name,
        requests=say_many(row.times.count, "request"),
        bars=_draw_bars(row.times, scale, base),
        base=base,
        p50=_draw_mark("p50", quantile_ms(row.times, 0.5), scale, top + 32, base),
        p95=_draw_mark("p95", quantile_ms(row.times, 0.95), scale, top + 46, base),
    )


def _draw_bars(times: LogLinearHistogram, scale: Scale, base: int) -> list[Html]:
    count_of_bins = (scale.last - scale.first) * _BINS_PER_DECADE
    bins = [0] * count_of_bins
    for bucket, count in times.sparse():
        place = int(scale.place(middle(bucket)) / 100 * count_of_bins)
        bins[min(count_of_bins - 1, place)] += count
    highest = max(1, *bins)
    width = round_half_up(10_000 / count_of_bins) / 100
    # The rarest stays visible: one slow request among thousands is why somebody looks.
    heights = [max(2, round_half_up(count / highest * _BARS_HEIGHT)) for count in bins]
    return [
        html(
            '<rect class="bar" x="{x}%" width="{width}%" y="{y}" height="{tall}" />',
            x=f"{index * width:.2f}",
            width=plain(width),
            y=base - heights[index],
            tall=heights[index],
        )
        for index, count in enumerate(bins)
        if count
    ]


def _draw_mark(
    name: Literal["p50", "p95"], ms: float | None, scale: Scale, text_y: int, base: int
) -> Html:
    if ms is None:
        return NOTHING
    x = scale.place(ms * 1000)
    return html(
        """<line class="{name}" x1="{x}%" x2="{x}%" y1="{top}" y2="{base}" />
          <text class="mark" x="{x}%" y="{text_y}" {beside}>{name} {words}</text> """,
        name=name,
        x=plain(x),
        top=text_y - 9,
        base=base,
        text_y=text_y,
        beside=_beside(x, "left" if name == "p50" else "right"),
        words=say_milliseconds(ms),
    )
