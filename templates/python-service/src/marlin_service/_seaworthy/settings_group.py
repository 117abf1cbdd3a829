"""The base of a group of settings."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from .declaration_error import DeclarationError
from .setting import Setting
from .settings_rule import Rule
from .wrong_rules import wrong_rules
from .wrong_setting import wrong_setting
from .wrong_types import wrong_types


class SettingsGroup(BaseModel):
    """Settings that belong together. A wrong declaration is a TypeError at import.

    Each field is a setting that a process loads; `platform` holds what somebody else reads.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    label: ClassVar[str]
    prefix: ClassVar[str] = ""
    platform: ClassVar[dict[str, Setting]] = {}
    rules: ClassVar[tuple[Rule, ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        if problems := list(cls._wrong_declarations()):
            raise DeclarationError(problems)

    @classmethod
    def declared(cls) -> dict[str, Setting]:
        """Returns the settings that a process loads, by the name of their field."""
        found = {field: _settings_of(info.metadata) for field, info in cls.model_fields.items()}
        return {field: settings[0] for field, settings in found.items() if settings}

    @classmethod
    def every_setting(cls) -> dict[str, Setting]:
        """Returns all settings of this group, those of platforms last."""
        return {**cls.declared(), **cls.platform}

    @classmethod
    def label_of(cls, field: str) -> str:
        """Returns the label of one setting, such as httpServer.port."""
        return f"{cls.label}.{key_of(field)}"

    def written(self, field: str) -> str:
        """Returns the written form of one value, such as 30s; a secret stays hidden."""
        return type(self).declared()[field].write(getattr(self, field))

    def __repr_args__(self) -> Any:
        for field in type(self).declared():
            yield field, self.written(field)

    @classmethod
    def _wrong_declarations(cls) -> Iterator[str]:
        if not isinstance(getattr(cls, "label", None), str):
            yield f"{cls.__name__}: expected a label, the name of the group"
            return
        for field, info in cls.model_fields.items():
            if len(_settings_of(info.metadata)) != 1:
                yield f"{cls.label_of(field)}: expected one setting in its Annotated[]"
        owners: dict[str, str] = {}
        for field, setting in cls.every_setting().items():
            label = cls.label_of(field)
            yield from wrong_setting(label, cls.prefix, setting)
            if (setting.applies_to is not None) != (field in cls.platform):
                where = "a field" if field in cls.platform else "an entry of platform"
                yield f"{label}: expected it to be {where}, because of what reads it"
            if setting.env is None:
                continue
            if setting.env in owners:
                yield f"{label}: {setting.env} is already declared by {owners[setting.env]}"
            owners[setting.env] = label
        for field, problem in wrong_types(cls, cls.declared()):
            yield f"{cls.label_of(field)}: {problem}"
        yield from wrong_rules(cls.label, cls.every_setting(), cls.rules)


def key_of(field: str) -> str:
    """Returns a field as documents name it: request_timeout_ms is requestTimeoutMs."""
    return re.sub("_([a-z])", lambda letter: letter[1].upper(), field)


def _settings_of(metadata: list[Any]) -> list[Setting]:
    return [each for each in metadata if isinstance(each, Setting)]
