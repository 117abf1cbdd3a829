"""Kinds that are read as text: OneOf, Text, Url and SecretText."""

import re
from dataclasses import dataclass
from typing import Final

from pydantic import SecretStr

from .nearest_name import nearest_name
from .setting import CFG_INVALID, CFG_RANGE, Refused, Setting

_VISIBLE: Final = re.compile(r"[\x21-\x7e]{1,200}")
_URL: Final = re.compile(r"[\x21-\x7e]{1,2000}")
_SCHEME: Final = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://)?")


@dataclass(frozen=True, kw_only=True)
class OneOf(Setting):
    """One word of a fixed list."""

    words: tuple[str, ...]

    def read(self, written: str) -> str:
        if written in self.words:
            return written
        near = nearest_name(written, self.words)
        fix = None if near is None else f"{self.env}={near}"
        raise Refused(CFG_INVALID, "it is not one of them", fix)

    def expected(self) -> str:
        return f"one of {', '.join(self.words)}"


@dataclass(frozen=True, kw_only=True)
class Text(Setting):
    """Printable characters without spaces."""

    def read(self, written: str) -> str:
        if not _VISIBLE.fullmatch(written):
            raise Refused(CFG_INVALID, "it has a character that is not allowed, or is too long")
        return written

    def expected(self) -> str:
        return "1 to 200 printable characters without spaces"


@dataclass(frozen=True, kw_only=True)
class Url(Setting):
    """The address of something each environment has for itself, so it is never inherited."""

    protocols: tuple[str, ...]

    def read(self, written: str) -> str:
        if not written.startswith(self.protocols) or not _URL.fullmatch(written):
            why = f"it does not begin with {' or '.join(self.protocols)}"
            raise Refused(CFG_INVALID, why)
        if written.partition(":")[2].strip("/") in ("", ":memory:"):
            raise Refused(CFG_INVALID, "it names no database file")
        return written

    def expected(self) -> str:
        return f"a URL that begins with {' or '.join(self.protocols)}"

    def write(self, value: str) -> str:
        return redact_url(value)

    def quote(self, written: str) -> str:
        return super().quote(redact_url(written))

    @property
    def inherited(self) -> bool:
        return False


@dataclass(frozen=True, kw_only=True)
class SecretText(Setting):
    """A secret. Its value is never shown, not even in part."""

    min_length: int

    def read(self, written: str) -> SecretStr:
        if len(written) < self.min_length:
            raise Refused(CFG_RANGE, "it is too short", f"set {self.env} to a longer value")
        return SecretStr(written)

    def expected(self) -> str:
        return f"a secret of at least {self.min_length} characters"

    def write(self, value: SecretStr) -> str:
        return "[secret]"

    def quote(self, written: str) -> str:
        return "a secret (never shown)"

    @property
    def inherited(self) -> bool:
        return False


def redact_url(url: str) -> str:
    """Returns a URL without its user name, password and query.

    Cuts at the last @, because a password may hold one; a plain sqlite: path is left as it is.
    """
    scheme = _SCHEME.match(url)[0]  # type: ignore[index]
    if not scheme and url.startswith("sqlite:"):
        return url
    _, at, host = url.removeprefix(scheme).rpartition("@")
    address, question_mark, _ = host.partition("?")
    return f"{scheme}{'***:***@' if at else ''}{address}{'?***' if question_mark else ''}"
