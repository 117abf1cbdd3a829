"""Writes `requirements.lock` and `requirements-dev.lock`; with --check, looks whether they are old.

The check needs the standard library only, since it runs before anything is installed.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lock_error import LockError
from lock_file import parse_lock, write_lock
from lock_inputs import LockInputs
from lock_targets import SYSTEMS

RUNTIME_FILE: Final = "requirements.lock"
DEV_FILE: Final = "requirements-dev.lock"
_ABOUT: Final = {
    RUNTIME_FILE: "What the service needs at run time. It stands alone, so that an image installs"
    f" nothing else; tests, tools and build have {DEV_FILE}.",
    DEV_FILE: f"What tests, tools and build need beyond {RUNTIME_FILE}, chosen together with it:"
    " install both.",
}


def check(root: Path) -> None:
    """Refuses lock files that were made from other dependencies than pyproject.toml names."""
    wanted = _inputs(root).fingerprint()
    for name in _ABOUT:
        try:
            found = parse_lock((root / name).read_text(encoding="utf-8"), name).fingerprint
        except FileNotFoundError as error:
            raise LockError(f"{name} is missing; write it with make lock, and commit it") from error
        if found != wanted:
            raise LockError(
                f"{name} was made from other dependencies than pyproject.toml names;"
                " write it again with make lock, and commit it with pyproject.toml"
            )


def write(root: Path) -> None:
    """Resolves the dependencies for every target and writes both files."""
    # Not above: the check runs under a Python that may have no pip.
    from lock_resolution import merge, resolve_all, supported_targets

    inputs = _inputs(root)
    targets = supported_targets(inputs.requires_python)
    pins = merge(resolve_all(inputs, targets), targets)
    pythons = ", ".join(dict.fromkeys(target.python for target in targets))
    written = f"For CPython {pythons} on {SYSTEMS}. Written by make lock from pyproject.toml."
    for (name, about), those in zip(_ABOUT.items(), pins, strict=True):
        text = write_lock(those, about=f"{about} {written}", fingerprint=inputs.fingerprint())
        (root / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"lock: {name} has {len(those)} packages\n")


def _inputs(root: Path) -> LockInputs:
    return LockInputs.parse((root / "pyproject.toml").read_text(encoding="utf-8"))


def run(arguments: Sequence[str], root: Path) -> int:
    """Runs the command and returns its exit code."""
    try:
        match list(arguments):
            case []:
                write(root)
            case ["--check"]:
                check(root)
            case _:
                sys.stderr.write("lock: expected nothing or --check\n")
                return 64
    except LockError as error:
        sys.stderr.write(f"lock: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], Path(__file__).parents[1]))
