"""Where the written values of a stage come from; a later source wins."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from .env_file import EnvFileLine, read_env_file
from .setting import Setting
from .settings_error import SettingProblem
from .settings_group import Stage
from .unknown_names import unknown_in_environment, unknown_in_file
from .written_value import WrittenValue

PRODUCTION_FILE: Final = "config/production.env"
STAGING_FILE: Final = "config/staging.env"

_FILES_OF: Final[dict[Stage, tuple[str, ...]]] = {
    "development": (),
    "test": (),
    "staging": (PRODUCTION_FILE, STAGING_FILE),
    "production": (PRODUCTION_FILE,),
}


class SettingsSources:
    """The default of each setting, the files of the stage, and the environment."""

    def __init__(self, stage: Stage, environ: Mapping[str, str], root: Path, owner: str) -> None:
        self._stage, self._environ, self._owner = stage, environ, owner
        self._files: list[dict[str, EnvFileLine]] = []
        self._file_problems: list[list[SettingProblem]] = []
        for file in _FILES_OF[stage]:
            values, problems = read_env_file(root, file, owner)
            self._files.append(values)
            self._file_problems.append(problems)

    def find(self, setting: Setting) -> WrittenValue:
        """Returns what the last source that names a setting says."""
        if setting.env in self._environ:
            return WrittenValue(self._environ[setting.env], "environment")
        # A URL or secret counts only in the last file, which is the stage's own.
        files = self._files if setting.inherited else self._files[-1:]
        for values in reversed(files):
            if setting.env in values:
                return WrittenValue(values[setting.env].value, values[setting.env].origin)
        own = setting.own_default(self._stage)
        if own is not None:
            return WrittenValue(own, f"default ({self._stage})")
        return WrittenValue(setting.default, "default")

    def problems(self, declared: list[Setting]) -> list[SettingProblem]:
        """Returns what is wrong with the sources themselves, given the declared settings."""
        names = [setting.env for setting in declared]
        problems = []
        for values, file_problems in zip(self._files, self._file_problems, strict=True):
            problems += file_problems
            problems += unknown_in_file(values, names, self._owner)
        return [*problems, *unknown_in_environment(self._environ, names, self._owner)]
