"""Refuses groups that do not fit together."""

from collections.abc import Collection, Iterator, Mapping

from .declaration_error import DeclarationError
from .setting import Setting
from .settings_group import SettingsGroup


def check_groups(groups: Collection[type[SettingsGroup]]) -> None:
    """Raises DeclarationError naming every variable declared twice, replacement and operand."""
    settings = {
        group.label_of(field): setting
        for group in groups
        for field, setting in group.every_setting().items()
    }
    problems = [
        *_names_owned_twice(groups),
        *_missing_replacements(settings),
        *_missing_operands(groups, settings),
    ]
    if problems:
        raise DeclarationError(problems)


def _names_owned_twice(groups: Collection[type[SettingsGroup]]) -> Iterator[str]:
    owners: dict[str, list[str]] = {}
    for group in groups:
        for field, setting in group.declared().items():
            owners.setdefault(setting.variable, []).append(group.label_of(field))
    for env, labels in owners.items():
        if len(labels) > 1:
            yield f"{env} is declared by {' and '.join(labels)}"


def _missing_replacements(settings: Mapping[str, Setting]) -> Iterator[str]:
    names = {setting.env for setting in settings.values()}
    for label, setting in settings.items():
        deprecation = setting.deprecation
        if deprecation is not None and deprecation.replacement not in names:
            yield f"{label}: its replacement {deprecation.replacement} is declared by no group"


def _missing_operands(
    groups: Collection[type[SettingsGroup]], settings: Mapping[str, Setting]
) -> Iterator[str]:
    labels = {group.label for group in groups}
    for group in groups:
        for rule in group.rules:
            for name in rule.names():
                other, dot, _ = name.partition(".")
                if dot and other in labels and name not in settings:
                    yield (
                        f'{group.label}: the rule "{rule.says}" names {name}, which is not declared'
                    )
