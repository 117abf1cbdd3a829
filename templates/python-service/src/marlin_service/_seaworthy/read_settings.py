"""Reads every setting, and finds everything that is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .broken_rules import broken_rules
from .read_setting import ReadValue, read_setting
from .settings_error import SettingProblem
from .settings_sources import SettingsSources
from .settings_tree import SettingsTree
from .stages import Stage
from .unknown_names import misspelt_in_environment, unknown_in_file


@dataclass(frozen=True)
class ReadSettings:
    """What could be read, by label, and every problem."""

    values: Mapping[str, ReadValue]
    problems: Sequence[SettingProblem]


def read_settings(
    tree: type[SettingsTree], sources: SettingsSources, stage: Stage, owner: str
) -> ReadSettings:
    """Reads what the sources state: files, names, values, and the rules between values."""
    settings = [declared.setting for declared in tree.declared()]
    problems: list[SettingProblem] = []
    for file in sources.files:
        problems += [*file.problems, *unknown_in_file(file, settings, owner)]
    problems += misspelt_in_environment(sources.environ, settings, owner)
    values: dict[str, ReadValue] = {}
    for declared in tree.declared():
        read = read_setting(declared, sources, stage, owner)
        if isinstance(read, SettingProblem):
            problems.append(read)
        else:
            values[declared.label] = read
    problems += broken_rules(tree, values, stage, owner)
    return ReadSettings(values, problems)
