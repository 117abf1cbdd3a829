"""The base of a group of settings, and rules between two of them."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from .setting import Refused, Setting

STAGES: Final = ("development", "test", "staging", "production")
Stage = Literal["development", "test", "staging", "production"]

_RELATIONS: Final[dict[str, Callable[[int, int], bool]]] = {
    ">": operator.gt,
    "<": operator.lt,
    "<=": operator.le,
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What must hold between two settings that are valid alone."""

    says: str
    left: str
    relation: Literal[">", "<", "<="]
    right: str
    fix: str

    def holds(self, group: "SettingsGroup") -> bool:
        """Whether a loaded group keeps the rule."""
        left, right = getattr(group, self.left), getattr(group, self.right)
        return _RELATIONS[self.relation](left, right)


class SettingsGroup(BaseModel):
    """Settings that belong together. A wrong declaration is a TypeError at import."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    label: ClassVar[str]
    rules: ClassVar[tuple[Rule, ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        for field, setting in cls.declared().items():
            for stage in STAGES:
                _check_default(f"{cls.__name__}.{field}", setting, setting.default_in(stage))

    @classmethod
    def declared(cls) -> dict[str, Setting]:
        """Returns the settings of this group by the name of their field."""
        found = {}
        for field, info in cls.model_fields.items():
            settings = [each for each in info.metadata if isinstance(each, Setting)]
            if len(settings) != 1:
                raise TypeError(f"{cls.__name__}.{field}: expected one setting in its Annotated[]")
            found[field] = settings[0]
        return found

    @classmethod
    def label_of(cls, field: str) -> str:
        """Returns the label of one setting, such as httpServer.port."""
        return f"{cls.label}.{to_camel(field)}"

    def written(self, field: str) -> str:
        """Returns the written form of one value, such as 30s; a secret stays hidden."""
        return type(self).declared()[field].write(getattr(self, field))

    def __repr_args__(self) -> Any:
        for field in type(self).declared():
            yield field, self.written(field)


def _check_default(field: str, setting: Setting, default: str | None) -> None:
    if default is None:
        return
    try:
        setting.read(default)
    except Refused as refused:
        raise TypeError(f"{field}: its own default is refused: {refused.why}") from None
