"""A kind that is read by any pydantic type."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from .quote_text import mask_user_info
from .setting import CFG_INVALID, Refused, Setting

_SHOWN_PLACES: Final = 5
_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, kw_only=True)
class Checked(Setting):
    """A value that a pydantic type makes of the text as it is written.

    Where the type refuses it, the place is printed, and its message never: it repeats input. Name
    a type that cannot be changed, such as tuple[str, ...]: settings are frozen.
    """

    adapter: TypeAdapter[Any]
    description: str
    schema: Mapping[str, object] = field(default_factory=lambda: {"type": "string"})

    def __post_init__(self) -> None:
        try:
            self.adapter.validate_python(self.default or "")
        except ValidationError:
            pass
        except Exception as error:
            text = "an empty text" if self.default is None else "its default"
            name = self.public_name
            raise TypeError(f"{name}: the schema throws for {text}; expected an answer") from error

    def read(self, written: str) -> Any:
        why = "its schema gave no answer for it"
        try:
            return self.adapter.validate_python(written)
        except ValidationError as error:
            why = f"its schema refuses it{_where(error)}"
        except Exception:  # noqa: S110
            # Its message may repeat the text.
            pass
        # Outside the handlers, so that the error of the type is not its context.
        raise Refused(CFG_INVALID, why)

    def expected(self) -> str:
        return self.description

    def write(self, value: Any) -> str:
        return mask_user_info(value if isinstance(value, str) else self._as_json(value))

    def json_schema(self) -> Mapping[str, object]:
        return self.schema

    def _as_json(self, value: Any) -> str:
        try:
            return self.adapter.dump_json(value).decode()
        except PydanticSerializationError:
            # JSON has no word for some values.
            return str(value)


def _where(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    places = dict.fromkeys(_place(each["loc"]) for each in found)
    shown = [place for place in places if place][:_SHOWN_PLACES]
    return f" at {', '.join(shown)}" if shown else ""


def _place(keys: Iterable[int | str]) -> str:
    return ".".join(key if _PLAIN_KEY.fullmatch(key) else "…" for key in map(str, keys))
