"""Follows the requirements of packages for one target, by their markers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name

from lock_error import LockError


@dataclass(frozen=True)
class Package:
    """A package of one version and what it requires, as its metadata says it."""

    name: str
    version: str
    requires: tuple[str, ...]


def closure(
    requirements: Iterable[str], packages: Mapping[str, Package], environment: dict[str, str]
) -> set[str]:
    """The names that the requirements need here, directly and through each other.

    It repeats what pip has done, on purpose: a package that is missing or of a version that was
    not asked for is refused, so a change within pip cannot write a wrong lock file.
    """
    needed: set[tuple[str, str]] = set()
    open_requirements = [(text, "", "pyproject.toml") for text in requirements]
    while open_requirements:
        text, extra, asked_by = open_requirements.pop()
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is not None and not marker.evaluate({**environment, "extra": extra}):
            continue
        package = packages.get(canonicalize_name(requirement.name))
        if package is None:
            raise LockError(f"{asked_by} requires {text}, which is not there")
        if not requirement.specifier.contains(package.version, prereleases=True):
            raise LockError(f"{asked_by} requires {text}, got {package.version}")
        for one in ("", *requirement.extras):
            if (package.name, one) not in needed:
                needed.add((package.name, one))
                open_requirements += [(each, one, package.name) for each in package.requires]
    return {name for name, _ in needed}
