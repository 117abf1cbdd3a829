"""Writes HTML in which whatever is inserted is escaped."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from ..well_formed import well_formed

_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
)


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


NOTHING: Final = Html("")


def html(template: str, **inserted: "str | int | Iterable[Html]") -> Html:
    """Fills the names in braces; text is escaped, for text and for quoted attributes alike."""
    written = {name: _write(value) for name, value in inserted.items()}
    return Html(_without_indent(template).format_map(written))


@cache
def _without_indent(template: str) -> str:
    # The source is indented for whoever reads the source.
    return re.sub(r"\n\s*", "\n", template)


def _write(value: "str | int | Iterable[Html]") -> str:
    if isinstance(value, Html):
        return value
    if isinstance(value, str):
        return well_formed(value).translate(_ESCAPES)
    if isinstance(value, int):
        return str(value)
    return "".join(value)
