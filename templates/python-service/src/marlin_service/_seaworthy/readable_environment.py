"""Makes text of variables that hold bytes which are none."""

import re
from collections.abc import Mapping
from typing import Final

# How Python keeps a byte that is no UTF-8: see "surrogateescape" in its documentation.
_BYTES: Final = re.compile("[\udc80-\udcff]+")


def readable_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Returns a copy whose broken bytes are U+FFFD, as every other language shows them."""
    return {_readable(name): _readable(value) for name, value in environ.items()}


def _readable(text: str) -> str:
    return _BYTES.sub(_replaced, text)


def _replaced(run: re.Match[str]) -> str:
    return run[0].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
