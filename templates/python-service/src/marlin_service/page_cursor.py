"""Writes the place where a page ended as an opaque text, and reads it again."""

import base64
import binascii
import re
from typing import Final

_ID: Final = re.compile(r"[1-9][0-9]{0,15}")
# Beyond it other languages cannot tell a whole number from its neighbours.
_LARGEST: Final = 2**53 - 1


def write_cursor(identity: int) -> str:
    """Returns the cursor behind the order of an id."""
    return base64.urlsafe_b64encode(str(identity).encode()).decode().rstrip("=")


def read_cursor(written: str) -> int | None:
    """Returns the id that a cursor holds; None for a text that is none."""
    try:
        found = base64.urlsafe_b64decode(f"{written}==").decode("ascii")
    except (binascii.Error, ValueError):
        return None
    if _ID.fullmatch(found) is None or int(found) > _LARGEST:
        return None
    identity = int(found)
    # One id has one cursor: a reader that takes more would let two texts mean one place.
    return identity if write_cursor(identity) == written else None
