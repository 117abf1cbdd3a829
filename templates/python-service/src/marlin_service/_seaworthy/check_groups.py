"""Refuses groups that do not fit together."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from .declaration_error import DeclarationError
from .setting import Setting
from .settings_group import SettingsGroup


def check_groups(named: Mapping[str, type[SettingsGroup]], others: Sequence[str]) -> None:
    """Refuses groups, given by the name of their field, that do not fit together.

    `others` are the fields that are no groups: nothing would load them.
    Raises DeclarationError naming each of them, every group and variable declared twice, every
    replacement and every operand that is missing.
    """
    groups = list(named.values())
    settings = [
        (group.label_of(field), setting)
        for group in groups
        for field, setting in group.every_setting().items()
    ]
    problems = [
        *(f"{name}: expected a group of settings, a subclass of SettingsGroup" for name in others),
        *_labels_taken_twice(named),
        *_names_owned_twice(groups),
        *_missing_replacements(settings),
        *_missing_operands(groups, {label for label, _ in settings}),
    ]
    if problems:
        raise DeclarationError(problems)


def _labels_taken_twice(named: Mapping[str, type[SettingsGroup]]) -> Iterator[str]:
    fields: dict[str, list[str]] = {}
    for field, group in named.items():
        fields.setdefault(group.label, []).append(field)
    for label, taken in fields.items():
        if len(taken) > 1:
            yield f"two groups are called {label}: {' and '.join(taken)}"


def _names_owned_twice(groups: Collection[type[SettingsGroup]]) -> Iterator[str]:
    owners: dict[str, list[str]] = {}
    for group in groups:
        for field, setting in group.declared().items():
            owners.setdefault(setting.variable, []).append(group.label_of(field))
    for env, labels in owners.items():
        if len(labels) > 1:
            yield f"{env} is declared by {' and '.join(labels)}"


def _missing_replacements(settings: Sequence[tuple[str, Setting]]) -> Iterator[str]:
    names = {setting.env for _, setting in settings}
    for label, setting in settings:
        deprecation = setting.deprecation
        if deprecation is not None and deprecation.replacement not in names:
            yield f"{label}: its replacement {deprecation.replacement} is declared by no group"


def _missing_operands(
    groups: Collection[type[SettingsGroup]], settings: Collection[str]
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
