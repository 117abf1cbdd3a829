"""Quotes a received text as an error may print it."""

import json
import re
from typing import Final

_SHOWN_CHARACTERS: Final = 80
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def quote_text(written: object) -> str:
    """Returns a text in JSON quotes, cut at 80 characters. Half a surrogate pair is escaped."""
    if isinstance(written, str) and len(written) > _SHOWN_CHARACTERS:
        written = f"{written[:_SHOWN_CHARACTERS]}…"
    quoted = json.dumps(written, ensure_ascii=False, default=repr)
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", quoted)
