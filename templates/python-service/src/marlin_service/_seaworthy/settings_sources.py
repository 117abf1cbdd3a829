"""Where the written values of a stage come from, beside the declarations; a later source wins."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .env_file import EnvFile, Stated, read_env_file
from .foreign_names import is_service_link
from .setting import Setting
from .stages import Stage

PRODUCTION_FILE: Final = "config/production.env"
STAGING_FILE: Final = "config/staging.env"

# The configuration files of each stage; the last is the stage's own.
StageFiles = Mapping[Stage, Sequence[str]]
SERVICE_FILES: Final[StageFiles] = {
    "staging": (PRODUCTION_FILE, STAGING_FILE),
    "production": (PRODUCTION_FILE,),
}


@dataclass(frozen=True)
class Found:
    """What the last place that names a setting says."""

    stated: Stated
    # The variable that is set: the setting's own, or the one that names a file.
    name: str
    # Whether the same place sets both.
    twice: bool = False


@dataclass(frozen=True)
class SettingsSources:
    """The files of the stage, and the environment."""

    environ: Mapping[str, str]
    files: Sequence[EnvFile]

    def find(self, setting: Setting) -> Found | None:
        """Returns what is stated for a setting; None where nothing is."""
        # A URL or secret counts only in the last file, which is the stage's own.
        files = self.files if setting.inherited else self.files[-1:]
        places: list[Callable[[str], Stated | None]] = [self._in_environment]
        places += [file.values.get for file in reversed(files)]
        for stated_at in places:
            direct = stated_at(setting.variable)
            file_variable = setting.file_variable
            named = None if file_variable is None else stated_at(file_variable)
            if direct is not None:
                return Found(direct, setting.variable, twice=named is not None)
            if named is not None and file_variable is not None:
                return Found(named, file_variable)
        return None

    def in_production(self, setting: Setting) -> Stated | None:
        """Returns what production's file states, where the stage has a file of its own after it."""
        return self.files[0].values.get(setting.variable) if len(self.files) > 1 else None

    def _in_environment(self, name: str) -> Stated | None:
        value = self.environ.get(name)
        if value is None or is_service_link(name, value):
            return None
        return Stated(value, "environment")


def open_sources(
    environ: Mapping[str, str], root: Path, names: Sequence[str], owner: str
) -> SettingsSources:
    """Reads the files of a stage below the service's root."""
    return SettingsSources(environ, [read_env_file(root, name, owner) for name in names])
