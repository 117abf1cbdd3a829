"""Quotes a received text as an error may print it."""

import json
import re
from typing import Final

_SHOWN_CHARACTERS: Final = 80
# Counted as every other language counts them: a character beyond U+FFFF has two units.
_READ_UNITS: Final = 1_000
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_USER_INFO: Final = re.compile(r"://.*@", re.DOTALL)


def mask_user_info(text: str) -> str:
    """Hides user name and password of a URL in any text: nobody expects one, and it happens."""
    return _USER_INFO.sub("://***:***@", text)


def quote_text(written: object) -> str:
    """Returns a text in JSON quotes, cut at 80 characters. Half a surrogate pair is escaped."""
    if isinstance(written, str):
        beginning = _beginning_of(written)
        shown = beginning[:_SHOWN_CHARACTERS]
        written = shown if shown == beginning else f"{shown}…"
    quoted = json.dumps(written, ensure_ascii=False, default=repr)
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", quoted)


def _beginning_of(written: str) -> str:
    units = written[: _READ_UNITS + 1].encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * _READ_UNITS:
        return mask_user_info(written)
    head = units[: 2 * _READ_UNITS].decode("utf-16-le", "surrogatepass")
    # Nobody knows where a password in it ends.
    before, scheme, _ = head.partition("://")
    return f"{before}://…" if scheme else head
