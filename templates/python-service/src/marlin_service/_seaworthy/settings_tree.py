"""The base of all settings of a service: its stage and its groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from .check_groups import check_groups
from .setting import Setting
from .settings_group import SettingsGroup
from .settings_rule import Rule
from .stages import Stage


@dataclass(frozen=True)
class DeclaredSetting:
    """One setting, and where it is declared."""

    group_name: str
    group: type[SettingsGroup]
    field: str
    setting: Setting

    @property
    def label(self) -> str:
        """The name in documents, such as httpServer.port."""
        return self.group.label_of(self.field)


@dataclass(frozen=True)
class ResolvedRule:
    """A rule, and the settings its names stand for."""

    group: type[SettingsGroup]
    rule: Rule
    settings: Mapping[str, DeclaredSetting]


class SettingsTree(BaseModel):
    """All settings of a service: the stage, and one field per group.

    Groups that do not fit together are a TypeError at import.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    deploy_environment: Stage

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        groups = cls.groups()
        others = [name for name in cls.model_fields if name not in (*groups, "deploy_environment")]
        check_groups(groups, others)

    @classmethod
    def groups(cls) -> dict[str, type[SettingsGroup]]:
        """Returns the declared groups by the name of their field."""
        fields = {name: info.annotation for name, info in cls.model_fields.items()}
        return {
            name: group
            for name, group in fields.items()
            if isinstance(group, type) and issubclass(group, SettingsGroup)
        }

    @classmethod
    def every_setting(cls) -> list[DeclaredSetting]:
        """Returns all settings, those of platforms too, in the order of declaration."""
        return [
            DeclaredSetting(name, group, field, setting)
            for name, group in cls.groups().items()
            for field, setting in group.every_setting().items()
        ]

    @classmethod
    def declared(cls) -> list[DeclaredSetting]:
        """Returns the settings that a process loads, in the order of declaration."""
        return [each for each in cls.every_setting() if each.setting.env is not None]

    @classmethod
    def rules(cls) -> list[ResolvedRule]:
        """Returns the rules that can be checked: each of their settings is declared here."""
        by_label = {each.label: each for each in cls.every_setting()}
        found = []
        for group in cls.groups().values():
            for rule in group.rules:
                labels = {
                    name: name if "." in name else group.label_of(name) for name in rule.names()
                }
                if all(label in by_label for label in labels.values()):
                    settings = {name: by_label[label] for name, label in labels.items()}
                    found.append(ResolvedRule(group, rule, settings))
        return found
