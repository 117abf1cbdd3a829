"""Accuses names that no setting declares: all of them in our files, near ones elsewhere."""

from collections.abc import Collection, Iterator, Mapping

from .env_file import EnvFile
from .foreign_names import is_foreign
from .nearest_name import misspelt_name, nearest_name
from .setting import Setting
from .settings_error import SettingProblem


def known_names(settings: Collection[Setting]) -> list[str]:
    """Returns every name that is read: the variables, then those that may name a file."""
    files = [setting.file_variable for setting in settings]
    return [*_variables(settings), *(name for name in files if name is not None)]


def unknown_in_file(
    file: EnvFile, settings: Collection[Setting], owner: str
) -> Iterator[SettingProblem]:
    """Yields a problem for each name of a file that nothing declares."""
    known = known_names(settings)
    for name, stated in file.values.items():
        if name not in known:
            near = nearest_name(name, _variables(settings))
            yield _unknown(name, stated.origin, near, owner)


def misspelt_in_environment(
    environ: Mapping[str, str], settings: Collection[Setting], owner: str
) -> Iterator[SettingProblem]:
    """Yields a problem for each variable within two edits of a name that is read."""
    known = known_names(settings)
    for name, value in sorted(environ.items()):
        if name in known or name == "DEPLOY_ENVIRONMENT" or is_foreign(name, value):
            continue
        near = misspelt_name(name, known)
        if near is not None:
            yield _unknown(name, "environment", near, owner)


def _variables(settings: Collection[Setting]) -> list[str]:
    return [setting.variable for setting in settings]


def _unknown(name: str, origin: str, near: str | None, owner: str) -> SettingProblem:
    return SettingProblem(
        name=name,
        code="CFG_UNKNOWN",
        got="a name that no setting declares",
        origin=origin,
        expected="a declared name",
        why="nothing reads it" if near is None else f"did you mean {near}?",
        fix="remove it" if near is None else f"rename it to {near}",
        owner=owner,
    )
