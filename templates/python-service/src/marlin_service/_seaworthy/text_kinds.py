"""Kinds that are read as words and text: OneOf, Flag, Text, Url and SecretText."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import SecretStr

from .nearest_name import nearest_name
from .quote_text import mask_user_info, quote_text
from .redacted_url import RedactedUrl, quote_url
from .setting import CFG_INVALID, CFG_RANGE, Refused, Setting
from .url_address import has_only_printable, is_address

_VISIBLE: Final = r"[\x21-\x7e]{1,200}"
_LONGEST_URL: Final = 2_000
_LONGEST_SECRET: Final = 65_536
_WHITE_SPACE: Final = " \t\r\n\f\v"
# `re.escape` escapes more than every reader of JSON Schema takes.
_OF_AN_EXPRESSION: Final = re.compile(r"[.*+?^${}()|\[\]\\]")
_NOT_ALLOWED: Final = "it has a character that is not allowed, or is too long"

_FLAGS: Final = {"true": True, "false": False}
_MEANT: Final = {
    "true": "true",
    "1": "true",
    "yes": "true",
    "on": "true",
    "false": "false",
    "0": "false",
    "no": "false",
    "off": "false",
}


@dataclass(frozen=True, kw_only=True)
class OneOf(Setting):
    """One word of a fixed list."""

    words: tuple[str, ...]

    def mistakes(self) -> Iterator[str]:
        if not _are_texts(self.words):
            yield f"expected words to be a tuple of texts, got {quote_text(self.words)}"

    def read(self, written: str) -> str:
        if written in self.words:
            return written
        near = nearest_name(written, self.words)
        raise Refused(CFG_INVALID, "it is not one of them", value=near)

    def expected(self) -> str:
        return f"one of {', '.join(self.words)}"

    def json_schema(self) -> Mapping[str, object]:
        return {"type": "string", "enum": list(self.words)}


@dataclass(frozen=True, kw_only=True)
class Flag(Setting):
    """On or off, written true or false and nothing else."""

    def read(self, written: str) -> bool:
        if written in _FLAGS:
            return _FLAGS[written]
        meant = _MEANT.get(written.lower())
        raise Refused(CFG_INVALID, "it is not one of them", value=meant)

    def expected(self) -> str:
        return f"one of {', '.join(_FLAGS)}"

    def write(self, value: bool) -> str:
        return "true" if value else "false"

    def json_schema(self) -> Mapping[str, object]:
        return {"type": "string", "enum": list(_FLAGS)}


@dataclass(frozen=True, kw_only=True)
class Text(Setting):
    """Printable characters without spaces.

    `pattern` narrows them: an expression, in the syntax that JavaScript, Python and JSON Schema
    share, which the whole text must match; `description` says the same in words.
    """

    pattern: str | None = None
    description: str = "1 to 200 printable characters without spaces"

    def __post_init__(self) -> None:
        # A wrong expression fails when it is imported.
        re.compile(self.pattern or "")

    def read(self, written: str) -> str:
        if not re.fullmatch(_VISIBLE, written):
            raise Refused(CFG_INVALID, _NOT_ALLOWED)
        if self.pattern is not None and not re.fullmatch(f"(?:{self.pattern})", written):
            raise Refused(CFG_INVALID, "it is not of this form")
        return written

    def expected(self) -> str:
        return self.description

    def write(self, value: str) -> str:
        return mask_user_info(value)

    def json_schema(self) -> Mapping[str, object]:
        narrowed = f"^(?={_VISIBLE}$)(?:{self.pattern})$"
        return {"type": "string", "pattern": narrowed if self.pattern else f"^{_VISIBLE}$"}


@dataclass(frozen=True, kw_only=True)
class Url(Setting):
    """The address of something each environment has for itself, so it is never inherited.

    `pattern` and `description` narrow it as those of a Text do.
    """

    protocols: tuple[str, ...]
    pattern: str | None = None
    description: str | None = None

    def __post_init__(self) -> None:
        # A wrong expression fails when it is imported.
        re.compile(self.pattern or "")

    def mistakes(self) -> Iterator[str]:
        if not _are_texts(self.protocols):
            yield (
                'expected protocols to be a tuple such as ("postgres:",),'
                f" got {quote_text(self.protocols)}"
            )

    def read(self, written: str) -> RedactedUrl:
        protocol = next((each for each in self.protocols if written.startswith(each)), None)
        if protocol is None:
            raise Refused(CFG_INVALID, f"it does not begin with {self._named}")
        if not has_only_printable(written):
            raise Refused(CFG_INVALID, _NOT_ALLOWED)
        if not is_address(written, protocol):
            raise Refused(CFG_INVALID, "what follows the protocol is no address")
        if self.pattern is not None and not re.fullmatch(f"(?:{self.pattern})", written):
            raise Refused(CFG_INVALID, "it is not of this form")
        return RedactedUrl(written)

    def expected(self) -> str:
        return self.description or f"a URL that begins with {self._named}"

    def quote(self, written: str) -> str:
        return quote_url(written)

    def json_schema(self) -> Mapping[str, object]:
        literal = [_OF_AN_EXPRESSION.sub(r"\\\g<0>", each) for each in self.protocols]
        begins = f"(?:{'|'.join(literal)})"
        pattern = f"^(?={begins})(?:{self.pattern})$" if self.pattern else f"^{begins}"
        return {"type": "string", "pattern": pattern, "maxLength": _LONGEST_URL}

    @property
    def inherited(self) -> bool:
        return False

    @property
    def _named(self) -> str:
        return " or ".join(self.protocols)


@dataclass(frozen=True, kw_only=True)
class SecretText(Setting):
    """A secret. Its value is never shown, not even in part."""

    min_length: int

    def read(self, written: str) -> SecretStr:
        if len(written) < self.min_length:
            raise self._refused(CFG_RANGE, "it is too short", "a longer value")
        if len(written) > _LONGEST_SECRET:
            raise self._refused(CFG_RANGE, "it is too long", "a shorter value")
        # What was no UTF-8 in the environment arrives as this character: it is another secret.
        if "\ufffd" in written:
            raise self._refused(CFG_INVALID, "it has bytes that are no UTF-8 text", "text")
        if "\0" in written:
            raise self._refused(CFG_INVALID, "it has a NUL character", "text")
        # A line break that a shell or a store added makes every later login fail.
        if written != written.strip(_WHITE_SPACE):
            why, instead = "white space stands around it", "the same without white space around it"
            raise self._refused(CFG_INVALID, why, instead)
        return SecretStr(written)

    def expected(self) -> str:
        return f"a secret of at least {self.min_length} characters"

    def write(self, value: Any) -> str:
        return "[secret]"

    def quote(self, written: str) -> str:
        return "a secret (never shown)"

    def json_schema(self) -> Mapping[str, object]:
        return {
            "type": "string",
            "minLength": self.min_length,
            "maxLength": _LONGEST_SECRET,
            "writeOnly": True,
        }

    @property
    def inherited(self) -> bool:
        return False

    def _refused(self, code: str, why: str, instead: str) -> Refused:
        return Refused(code, why, advice=f"set {self.env} to {instead}")


def _are_texts(given: object) -> bool:
    # ("a") is a text, whose letters would be taken for the words.
    if not isinstance(given, tuple) or not given:
        return False
    return all(isinstance(each, str) and each for each in given)
