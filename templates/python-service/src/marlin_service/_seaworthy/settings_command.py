"""The command behind `python -m <service>.settings`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, cast

from .load_settings import load_settings
from .settings_description import describe_settings, to_json
from .settings_env_file import FileStage, to_env_file
from .settings_error import EXIT_CODE_SETTINGS, SettingsError
from .settings_page import to_markdown
from .settings_schema import to_json_schema
from .settings_tree import SettingsTree
from .stages import STAGES, Stage
from .verify_settings import verify_settings

_EXIT_CODE_USAGE: Final = 64
_USAGE: Final = (
    "settings: expected nothing, docs, env [production|staging], schema, or verify ENVIRONMENT"
)
_VERIFY_USAGE: Final = f"settings: expected verify and one of {', '.join(STAGES)}"


class SettingsCommand:
    """Prints the settings of this environment, checks any environment, and writes documents."""

    def __init__(self, tree: type[SettingsTree], *, service: str, owner: str, root: Path) -> None:
        self._tree, self._service, self._owner, self._root = tree, service, owner, root
        self._title = f"Settings of {service}"

    def run(self, arguments: Sequence[str]) -> int:
        """Runs the command and returns its exit code."""
        try:
            return self._run(list(arguments))
        except SettingsError as error:
            sys.stderr.write(f"{error}\n")
            return EXIT_CODE_SETTINGS

    def _run(self, arguments: list[str]) -> int:
        match arguments:
            case []:
                loaded = load_settings(
                    self._tree, owner=self._owner, environ=os.environ, root=self._root
                )
                return _print(to_json(describe_settings(loaded)))
            case ["docs"]:
                return _print(to_markdown(self._tree, self._title))
            case ["env"]:
                return self._write_file("production")
            case ["env", "production" | "staging" as stage]:
                return self._write_file(stage)
            case ["schema"]:
                return _print(to_json(to_json_schema(self._tree, self._title)))
            case ["verify", stage] if stage in STAGES:
                return self._verify(cast("Stage", stage))
            case ["verify"] | ["verify", _]:
                return _refuse(_VERIFY_USAGE)
            case _:
                return _refuse(_USAGE)

    def _verify(self, stage: Stage) -> int:
        report = verify_settings(self._tree, stage=stage, owner=self._owner, root=self._root)
        _print(to_json(report.as_data()))
        if report.problems:
            count, outcome = len(report.settings), "The configuration was refused."
            raise SettingsError(report.problems, count, stage, outcome)
        return 0

    def _write_file(self, stage: FileStage) -> int:
        file = self._root / "config" / f"{stage}.env"
        if _is_standard_output(file):
            return _refuse(
                f"settings: {file.name} was emptied before it could be read: restore it, and write"
                " to another file first"
            )
        current = file.read_bytes().decode("utf-8", "replace") if file.exists() else ""
        return _print(
            to_env_file(
                self._tree, service=self._service, owner=self._owner, stage=stage, current=current
            )
        )


def _is_standard_output(file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(sys.stdout.fileno()), file.stat())
    except OSError:
        return False


def _print(document: str) -> int:
    # The bytes do not depend on the language of the machine.
    sys.stdout.buffer.write(document.encode("utf-8"))
    sys.stdout.flush()
    return 0


def _refuse(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return _EXIT_CODE_USAGE
