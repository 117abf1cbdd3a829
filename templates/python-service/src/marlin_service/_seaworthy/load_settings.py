"""Loads every setting of a service, or says everything that is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from .deploy_stage import read_stage
from .read_settings import read_settings
from .readable_environment import readable_environment
from .settings_error import SettingProblem, SettingsError
from .settings_sources import SERVICE_FILES, StageFiles, open_sources
from .settings_tree import SettingsTree
from .settings_warning import warn_deprecated

Tree = TypeVar("Tree", bound=SettingsTree)


@dataclass(frozen=True)
class LoadedSettings(Generic[Tree]):
    """Settings, and the origin of each value by the name of its variable."""

    settings: Tree
    origins: Mapping[str, str]


def load_settings(
    tree: type[Tree],
    *,
    owner: str,
    environ: Mapping[str, str],
    root: Path,
    files: StageFiles = SERVICE_FILES,
) -> LoadedSettings[Tree]:
    """Loads settings: declared default, then the files of the stage, then the environment.

    A URL or secret is never inherited from production: it comes from the stage's own file or the
    environment, or from the file that NAME_FILE names. What a platform reads is not loaded. A
    deprecated setting that is stated is a SettingsWarning.
    Raises SettingsError with every problem at once.
    """
    readable = readable_environment(environ)
    declared = tree.declared()
    stage = read_stage(readable, owner)
    if isinstance(stage, SettingProblem):
        # Files and defaults depend on the stage; what the environment states can be judged without.
        found = read_settings(tree, open_sources(readable, root, (), owner), "production", owner)
        stated = [each for each in found.problems if each.origin == "environment"]
        raise SettingsError([stage, *stated], len(declared), None)

    sources = open_sources(readable, root, files.get(stage, ()), owner)
    read = read_settings(tree, sources, stage, owner)
    if read.problems:
        raise SettingsError(read.problems, len(declared), stage)
    for each in declared:
        if read.values[each.label].stated:
            warn_deprecated(each.setting)
    values: dict[str, dict[str, Any]] = {name: {} for name in tree.groups()}
    for each in declared:
        values[each.group_name][each.field] = read.values[each.label].value
    groups: dict[str, Any] = {name: tree.groups()[name](**row) for name, row in values.items()}
    origins = {each.setting.variable: read.values[each.label].origin for each in declared}
    return LoadedSettings(tree(deploy_environment=stage, **groups), origins)
