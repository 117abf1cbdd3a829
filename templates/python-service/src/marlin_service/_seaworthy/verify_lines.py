"""Finds the live lines of our files that somebody has to explain, or that must not be there."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from .env_file import EnvFile, Notes
from .service_owner import owner_of
from .settings_error import SettingProblem
from .settings_tree import DeclaredSetting
from .text_kinds import SecretText


def undocumented_lines(
    files: Sequence[EnvFile], root: Path, owner: str
) -> Iterator[SettingProblem]:
    """Yields a problem for each live line without a reason. Production's file is the first."""
    for index, file in enumerate(files):
        missing = _missing_in_production if index == 0 else _missing_in_staging
        for name, stated in file.values.items():
            facts = missing(name, stated.notes, root)
            if facts is None:
                continue
            expected, why, fix = facts
            yield SettingProblem(
                code="CFG_UNDOCUMENTED",
                name=name,
                got="a live line",
                origin=stated.origin,
                expected=expected,
                why=why,
                fix=fix,
                owner=owner,
            )


def exposed_secrets(
    files: Sequence[EnvFile], declared: Sequence[DeclaredSetting], owner: str
) -> Iterator[SettingProblem]:
    """Yields a problem for each secret in a file: everybody who may read the code knows it."""
    for each in declared:
        if not isinstance(each.setting, SecretText):
            continue
        env = each.setting.variable
        for file in files:
            if env not in file.values:
                continue
            yield SettingProblem(
                code="CFG_EXPOSED",
                name=env,
                label=each.label,
                got="a secret (never shown)",
                origin=file.values[env].origin,
                expected="no secret in a file that is kept with the code",
                why="everybody who may read the repository knows it",
                fix=f"replace the secret, remove the line, and set {env} or {env}_FILE where the"
                " service runs",
                owner=owner_of(each.setting, owner),
            )


def _missing_in_production(name: str, notes: Notes, root: Path) -> tuple[str, str, str] | None:
    if notes.change is not None and _is_record(notes.change, root):
        return None
    said = "no record says why it was changed"
    return (
        'a line "# Change: …" above it that names a record',
        said if notes.change is None else "the record it names is no file of this service",
        f'write the record, and put "# Change: docs/changes/NNNN-what.md" directly above {name}',
    )


def _missing_in_staging(name: str, notes: Notes, _: Path) -> tuple[str, str, str] | None:
    if notes.differs is not None or notes.shared is not None:
        return None
    return (
        'a line "# Differs: why" above it',
        "nothing says why staging differs",
        f'put "# Differs: why" directly above {name}',
    )


def _is_record(name: str, root: Path) -> bool:
    # A path object would forget that a slash at its end asks for a folder.
    if name.startswith("/") or name.endswith("/"):
        return False
    try:
        return (root / name).is_file()
    except OSError:
        return False
