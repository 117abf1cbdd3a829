"""Says which fields have a type that does not take what their kind gives, for their author."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from .setting import Refused, Setting
from .stages import STAGES


def wrong_types(
    model: type[BaseModel], settings: Mapping[str, Setting]
) -> Iterator[tuple[str, str]]:
    """Yields each such field with a sentence. One without any default is not tried."""
    values = {
        field: value for field, setting in settings.items() for value in _one_default(setting)
    }
    try:
        model.model_validate(values)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        # A field that is missing here has no default.
        for field in dict.fromkeys(str(each["loc"][0]) for each in found if each["loc"]):
            if field in values:
                kind, given = type(settings[field]).__name__, type(values[field]).__name__
                yield field, f"its type does not take what {kind} gives, which is {given}"


def _one_default(setting: Setting) -> list[Any]:
    for stage in STAGES:
        written = setting.default_in(stage)
        if isinstance(written, str):
            try:
                return [setting.read(written)]
            except Refused:
                continue
    return []
