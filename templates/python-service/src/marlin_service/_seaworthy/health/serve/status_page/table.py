"""A table that a narrow window shows as one block for each row."""

from collections.abc import Sequence
from typing import NamedTuple

from .html import NOTHING, Html, html


class Column(NamedTuple):
    """Its title, and whether numbers stand in it."""

    title: str
    numeric: bool = False


# The first is the heading of its row.
Row = Sequence[Html | str]


def table(labelled_by: str, caption: str, columns: Sequence[Column], rows: Sequence[Row]) -> Html:
    """Returns a table that is named by a heading.

    The roles say what the elements say already: a block that is no table for the eye stays one
    for a screen reader.
    """
    heads = [
        html(
            '<th role="columnheader" scope="col" {number}>{title}</th>',
            number=_number(column),
            title=column.title,
        )
        for column in columns
    ]
    return html(
        """<p class="caption" id="{name}-caption">{caption}</p>
          <table role="table" aria-labelledby="{name}" aria-describedby="{name}-caption">
            <thead role="rowgroup">
              <tr role="row">
                {heads}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {lines}
            </tbody>
          </table>""",
        name=labelled_by,
        caption=caption,
        heads=heads,
        lines=[_line(columns, row) for row in rows],
    )


def _line(columns: Sequence[Column], row: Row) -> Html:
    first, *rest = row
    return html(
        """<tr role="row">
              <th role="rowheader" scope="row">{first}</th>
              {cells}
            </tr>""",
        first=first,
        cells=[
            html(
                '<td role="cell" data-column="{title}" {number}>{content}</td>',
                title=column.title,
                number=_number(column),
                content=content,
            )
            for column, content in zip(columns[1:], rest, strict=True)
        ],
    )


def _number(column: Column) -> Html:
    return Html('class="number"') if column.numeric else NOTHING
