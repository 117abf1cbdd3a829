"""Reads a .env file of a service: only what every shell and loader reads alike."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from .settings_error import SettingProblem

_VALUE_CHARACTERS: Final = "A-Za-z0-9_./:@%+,=?-"
_ASSIGNMENT: Final = re.compile(rf"([A-Z][A-Z0-9_]*)=([{_VALUE_CHARACTERS}]*)")
# The last line that a generated block has above its value: comments after it are a person's.
LAST_GENERATED: Final = "# Owner: "
_BLANK: Final = re.compile(r"[ \t]*")
# Spelled out, because \s and . stand for other characters in other languages.
_SPACES: Final = "\\t\\n\\v\\f\\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_NOTE: Final = re.compile(rf"# (Change|Differs|Shared): ([^\n\r\u2028\u2029]*[^{_SPACES}])")


@dataclass(frozen=True)
class Notes:
    """What the comment lines directly above a line say about it.

    `change` names the record of an override of production, `differs` says why staging has another
    value, `shared` why it has the address or secret of production.
    """

    change: str | None = None
    differs: str | None = None
    shared: str | None = None


@dataclass(frozen=True)
class Stated:
    """A written value, and where it stands: `file config/staging.env:12` or `environment`.

    `comments` are the lines above it that a person wrote, notes included.
    """

    value: str
    origin: str
    notes: Notes = field(default_factory=Notes)
    comments: Sequence[str] = ()


@dataclass(frozen=True)
class EnvFile:
    """The values of a file by name, and what is wrong with it."""

    values: Mapping[str, Stated] = field(default_factory=dict)
    problems: Sequence[SettingProblem] = ()


def read_env_file(root: Path, name: str, owner: str) -> EnvFile:
    """Reads a file below the service's root."""
    try:
        text = (root / name).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return EnvFile(problems=[_unreadable(name, owner)])
    return parse_env_file(text, name, owner)


def parse_env_file(text: str, name: str, owner: str) -> EnvFile:
    """Reads the text of a file.

    A line that is refused is named by its number, never repeated: it may hold a secret.
    """
    values: dict[str, Stated] = {}
    problems = []
    notes: dict[str, str] = {}
    comments: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        place = f"{name}:{number}"
        if line.startswith("#"):
            if (note := _NOTE.match(line)) is not None:
                notes[note[1].lower()] = note[2]
            if line.endswith("\\"):
                problems.append(_joining(place, owner))
            comments.append(line)
            if line.startswith(LAST_GENERATED):
                notes, comments = {}, []
            continue
        if not _BLANK.fullmatch(line):
            match = _ASSIGNMENT.fullmatch(line)
            if match is None:
                problems.append(_malformed(place, owner))
            elif match[1] in values:
                problems.append(_repeated(place, match[1], values[match[1]], owner))
            else:
                values[match[1]] = Stated(match[2], f"file {place}", Notes(**notes), comments)
        notes, comments = {}, []
    return EnvFile(values, problems)


def _unreadable(name: str, owner: str) -> SettingProblem:
    return SettingProblem(
        name=name,
        code="CFG_FILE",
        got="no readable file",
        expected="a text file of NAME=value lines",
        why="this environment reads it at start",
        fix=f"restore {name}, and start in the folder of the service",
        owner=owner,
    )


def _malformed(place: str, owner: str) -> SettingProblem:
    return SettingProblem(
        name=place,
        code="CFG_FILE",
        got="a line that is not shown",
        expected="NAME=value, a whole-line # comment, or a blank line",
        why=f"it is none of these, or its value has a character outside {_VALUE_CHARACTERS}",
        fix=f"correct {place}",
        owner=owner,
    )


def _joining(place: str, owner: str) -> SettingProblem:
    return SettingProblem(
        name=place,
        code="CFG_FILE",
        got="a comment that ends with a backslash",
        expected="a comment that ends with its line",
        why="systemd takes the next line for a part of it",
        fix="remove the backslash",
        owner=owner,
    )


def _repeated(place: str, variable: str, first: Stated, owner: str) -> SettingProblem:
    return SettingProblem(
        name=place,
        code="CFG_FILE",
        got=f"{variable} a second time",
        expected="each name once",
        why=f"{first.origin.removeprefix('file ')} states it already",
        fix="remove one of the two lines",
        owner=owner,
    )
