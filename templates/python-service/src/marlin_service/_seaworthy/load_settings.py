"""Loads every setting of a service, or says everything that is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from .deploy_stage import read_stage
from .settings_error import SettingProblem, SettingsError
from .settings_group import SettingsGroup
from .settings_sources import SettingsSources
from .settings_tree import SettingsTree

Tree = TypeVar("Tree", bound=SettingsTree)


@dataclass(frozen=True)
class LoadedSettings(Generic[Tree]):
    """Settings, and the origin of each value by the name of its variable."""

    settings: Tree
    origins: Mapping[str, str]


def load_settings(
    tree: type[Tree], *, owner: str, environ: Mapping[str, str], root: Path
) -> LoadedSettings[Tree]:
    """Loads settings from their defaults, the files of the stage and the environment.

    Rules between settings are checked only when each value is valid alone.
    Raises SettingsError with every problem at once.
    """
    declared = tree.declared()
    stage = read_stage(environ, owner)
    if isinstance(stage, SettingProblem):
        raise SettingsError([stage], len(declared), None)

    sources = SettingsSources(stage, environ, root, owner)
    origins = {setting.env: sources.find(setting).origin for setting in declared}
    values = {
        name: {
            field: sources.find(setting).read(setting, group.label_of(field), stage)
            for field, setting in group.declared().items()
        }
        for name, group in tree.groups().items()
    }
    problems = [
        *sources.problems(declared),
        *(each for group in values.values() for each in group.values() if _is_problem(each)),
    ]
    if problems:
        raise SettingsError(problems, len(declared), stage)

    groups = {name: group(**values[name]) for name, group in tree.groups().items()}
    broken = [each for group in groups.values() for each in _broken_rules(group, origins, owner)]
    if broken:
        raise SettingsError(broken, len(declared), stage)
    fields: dict[str, Any] = {"deploy_environment": stage, **groups}
    return LoadedSettings(tree(**fields), origins)


def _is_problem(value: object) -> bool:
    return isinstance(value, SettingProblem)


def _broken_rules(
    group: SettingsGroup, origins: Mapping[str, str], owner: str
) -> list[SettingProblem]:
    problems = []
    declared = type(group).declared()
    for rule in group.rules:
        if rule.holds(group):
            continue
        left, right = declared[rule.left], declared[rule.right]
        got = [left.write(getattr(group, rule.left)), right.write(getattr(group, rule.right))]
        problems.append(
            SettingProblem(
                name=f"{left.env} + {right.env}",
                label=group.label,
                code="CFG_RULE",
                got=" and ".join(got),
                origin=f"{origins[left.env]} and {origins[right.env]}",
                expected=rule.says,
                why="each value is valid alone, not together",
                fix=rule.fix,
                owner=owner,
            )
        )
    return problems
