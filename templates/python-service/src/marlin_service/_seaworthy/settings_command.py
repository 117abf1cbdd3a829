"""The command behind `python -m <service>.settings`."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from .load_settings import load_settings
from .settings_documents import Override, to_env_file, to_json, to_markdown
from .settings_error import EXIT_CODE_SETTINGS, SettingsError
from .settings_tree import SettingsTree

_EXIT_CODE_USAGE = 64


def run_settings_command(
    tree: type[SettingsTree],
    arguments: Sequence[str],
    *,
    service_name: str,
    owner: str,
    overrides: Mapping[str, Override],
) -> int:
    """Prints the loaded settings, or a generated document, and returns the exit code."""
    match list(arguments):
        case []:
            try:
                loaded = load_settings(tree, owner=owner, environ=os.environ, root=Path.cwd())
            except SettingsError as error:
                sys.stderr.write(f"{error}\n")
                return EXIT_CODE_SETTINGS
            sys.stdout.write(to_json(loaded))
        case ["docs"]:
            sys.stdout.write(to_markdown(tree, service_name))
        case ["env"]:
            sys.stdout.write(to_env_file(tree, service_name, overrides))
        case _:
            sys.stderr.write("usage: python -m <service>.settings [docs|env]\n")
            return _EXIT_CODE_USAGE
    return 0
