"""Reads ?limit and ?after of a list."""

import re
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from . import problems
from .page_cursor import read_cursor, write_cursor
from .problem import FieldError

_DEFAULT_LIMIT: Final = "20"


@dataclass(frozen=True)
class PageQuery:
    """Which page is asked for."""

    limit: int
    after: int | None

    def link(self, identity: int) -> str:
        """Returns the Link header that names the page after an id."""
        return f'</orders?limit={self.limit}&after={write_cursor(identity)}>; rel="next"'


async def page_query(request: Request) -> PageQuery:
    """Returns the query, or raises Problem 422; the framework would also take 5.0, +5 and two."""
    limits = request.query_params.getlist("limit") or [_DEFAULT_LIMIT]
    cursors = request.query_params.getlist("after")
    limit = _limit(limits[0]) if len(limits) == 1 else None
    after = read_cursor(cursors[0]) if len(cursors) == 1 else None
    errors: list[FieldError] = []
    if limit is None:
        errors.append({"pointer": "/limit", "detail": "expected a whole number from 1 to 100"})
    if after is None and cursors:
        errors.append({"pointer": "/after", "detail": "expected the `next` of an earlier answer"})
    if limit is None or errors:
        raise problems.invalid_query(errors)
    return PageQuery(limit, after)


def _limit(written: str) -> int | None:
    read = int(written) if re.fullmatch(r"[0-9]{1,3}", written) else 0
    return read if 1 <= read <= 100 else None
