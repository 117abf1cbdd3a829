"""Reads the header Idempotency-Key."""

import re
from typing import Final

from fastapi import Request

from .. import problems

_BARE: Final = re.compile(r"[!#-~]+")
# A string of RFC 9651: a quote or a backslash in it stands behind a backslash.
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\["\\])*)"')
_KEY: Final = re.compile(r"[!-~]{1,255}")


async def idempotency_key(request: Request) -> str | None:
    """Returns the key of a request, which need not have one.

    Raises Problem 400 when it is none.
    """
    given = request.headers.getlist("idempotency-key")
    if not given:
        return None
    # Two of them are one with a space in it, and so none.
    key = _read(", ".join(given))
    if _KEY.fullmatch(key) is None:
        raise problems.invalid_idempotency_key()
    return key


def _read(written: str) -> str:
    if _BARE.fullmatch(written):
        return written
    quoted = _QUOTED.fullmatch(written)
    return "" if quoted is None else re.sub(r"\\(.)", r"\1", quoted[1])
