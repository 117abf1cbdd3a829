"""Reads a .env file of a service: only what every shell and loader reads alike."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .settings_error import SettingProblem

_LINE: Final = re.compile(r"([A-Z][A-Z0-9_]*)=([A-Za-z0-9_./:@%+,=~-]*)")


@dataclass(frozen=True)
class EnvFileLine:
    """One value of a file, and where it stands."""

    value: str
    origin: str


def read_env_file(
    root: Path, name: str, owner: str
) -> tuple[dict[str, EnvFileLine], list[SettingProblem]]:
    """Reads a file below the service's root into values by name, and what is wrong with it.

    A line that is refused is named, never quoted: it may hold a secret.
    """
    try:
        text = (root / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}, [_unreadable(name, owner)]
    return parse_env_file(text, name, owner)


def parse_env_file(
    text: str, name: str, owner: str
) -> tuple[dict[str, EnvFileLine], list[SettingProblem]]:
    """Reads the text of a file; see read_env_file."""
    values: dict[str, EnvFileLine] = {}
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip(" \t\r") or line.startswith("#"):
            continue
        place = f"{name}:{number}"
        match = _LINE.fullmatch(line.removesuffix("\r"))
        if match is None:
            problems.append(_malformed(place, owner))
        elif match[1] in values:
            problems.append(_repeated(place, match[1], values[match[1]], owner))
        else:
            values[match[1]] = EnvFileLine(match[2], f"file {place}")
    return values, problems


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
        why="it is none of these, or its value has a character outside A-Za-z0-9_./:@%+,=~-",
        fix=f"correct {place}",
        owner=owner,
    )


def _repeated(place: str, variable: str, first: EnvFileLine, owner: str) -> SettingProblem:
    return SettingProblem(
        name=place,
        code="CFG_FILE",
        got=f"{variable} a second time",
        expected="each name once",
        why=f"{first.origin.removeprefix('file ')} states it already",
        fix="remove one of the two lines",
        owner=owner,
    )
