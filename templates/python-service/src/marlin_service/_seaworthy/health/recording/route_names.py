"""Gives routes numbers, so that many paths cannot fill the memory."""

import re
from typing import Final

# What the requests are counted as that have no template, or one too many.
OTHER_ROUTE: Final = "other"
# A longer template is none that somebody wrote.
_LONGEST_TEMPLATE: Final = 256
_CONVERTER: Final = re.compile(r"\{(\w+):[^{}]*\}")


def to_template(route: str) -> str:
    """Returns /files/{name:path} of a framework as /files/{name}, as every language prints it."""
    return _CONVERTER.sub(r"{\1}", route)


class RouteNames:
    """Numbers every route in the order of their first request, up to a limit; 0 is `other`."""

    def __init__(self, limit: int) -> None:
        self.names = [OTHER_ROUTE]
        self._limit = limit
        self._numbers: dict[str | None, int] = {None: 0}

    def number_of(self, route: str | None) -> int:
        """Returns the number of a route."""
        number = self._numbers.get(route)
        return self._add(route) if number is None else number

    def _add(self, route: str | None) -> int:
        # Nothing is remembered of a route beyond the limit, however many of them arrive.
        if route is None or len(self._numbers) > self._limit or len(route) > _LONGEST_TEMPLATE:
            return 0
        name = to_template(route)
        if name not in self.names:
            self.names.append(name)
        number = self._numbers[route] = self.names.index(name)
        return number
