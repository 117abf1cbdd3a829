"""What the lock files are made from: the dependencies that pyproject.toml names."""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from typing import Any

from lock_error import LockError
from lock_targets import PYTHONS, SYSTEMS


@dataclass(frozen=True)
class LockInputs:
    """Requirements as they are written: of the running service, and of tests, tools and build."""

    requires_python: str
    runtime: tuple[str, ...]
    dev: tuple[str, ...]

    @classmethod
    def parse(cls, pyproject: str) -> "LockInputs":
        """Reads the text of pyproject.toml."""
        try:
            data = tomllib.loads(pyproject)
            project = data["project"]
            # The build is installed with the tools: its own download would have no hashes.
            dev = [*_group(data["dependency-groups"], "dev"), *data["build-system"]["requires"]]
            return cls(project["requires-python"], tuple(project["dependencies"]), tuple(dev))
        except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
            raise LockError(f"pyproject.toml has no such table or key: {error}") from error

    def fingerprint(self) -> str:
        """A digest of everything that decides what is locked, in any order of writing."""
        pythons = [self.requires_python, *PYTHONS]
        parts = [SYSTEMS, pythons, sorted(self.runtime), sorted(self.dev)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _group(groups: dict[str, Any], name: str) -> list[str]:
    """A dependency group with the groups that it includes."""
    return [
        requirement
        for entry in groups[name]
        for requirement in (
            [entry] if isinstance(entry, str) else _group(groups, entry["include-group"])
        )
    ]
