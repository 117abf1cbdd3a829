"""Says whether an Authorization header carries the token."""

import base64
import binascii
import hashlib
import hmac
import re
from typing import Final

_CREDENTIALS: Final = re.compile(rb"(bearer|basic) +(\S.*)", re.IGNORECASE)


class CarriesToken:
    """Takes it as Bearer, or as the password of HTTP Basic, which is how a browser sends it.

    The user name is not read.
    """

    def __init__(self, token: str) -> None:
        self._expected = _digest(token.encode("utf-8", "surrogateescape"))

    def __call__(self, authorization: bytes) -> bool:
        given = _read_credentials(authorization)
        # Digests have one length, so the comparison takes one time whatever was sent.
        return given is not None and hmac.compare_digest(_digest(given), self._expected)


def _read_credentials(authorization: bytes) -> bytes | None:
    match = _CREDENTIALS.fullmatch(authorization)
    if match is None:
        return None
    scheme, credentials = match.groups()
    if scheme.lower() == b"bearer":
        return bytes(credentials)
    try:
        # What is too much padding is ignored, and some clients send none.
        pair = base64.b64decode(credentials + b"==")
    except binascii.Error:
        return None
    # A user name holds no colon, a password may.
    _, colon, password = pair.partition(b":")
    return password if colon else None


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
