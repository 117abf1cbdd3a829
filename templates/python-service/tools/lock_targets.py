"""The machines that the lock files are for, and markers that tell some of them from the rest."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

_OLDEST_GLIBC: Final = 28
_OLDEST_MACOS: Final = 13

PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS: Final = (
    f"Linux (glibc 2.{_OLDEST_GLIBC} or newer; x86_64, aarch64)"
    f" and macOS ({_OLDEST_MACOS} or newer; arm64, x86_64)"
)


@dataclass(frozen=True)
class Platform:
    """An operating system on a processor, in the words of environment markers."""

    sys_platform: str
    machine: str

    def __str__(self) -> str:
        return f"{self.sys_platform} {self.machine}"

    def wheel_platforms(self) -> list[str]:
        """The platforms of wheels that run here, the newest first, as pip takes them."""
        if self.sys_platform == "darwin":
            # pip itself adds the older releases of macOS; it does so for no glibc.
            return [f"macosx_{_OLDEST_MACOS}_0_{self.machine}"]
        glibc = [f"manylinux_2_{minor}_{self.machine}" for minor in range(_OLDEST_GLIBC, 4, -1)]
        names = ("manylinux2014", "manylinux2010", "manylinux1")
        return glibc + [f"{name}_{self.machine}" for name in names]


PLATFORMS: Final = (
    Platform("linux", "x86_64"),
    Platform("linux", "aarch64"),
    Platform("darwin", "arm64"),
    Platform("darwin", "x86_64"),
)


@dataclass(frozen=True)
class Target:
    """One Python on one platform: what a line of a lock file either applies to or not."""

    python: str
    platform: Platform

    def __str__(self) -> str:
        return f"Python {self.python} on {self.platform}"

    def patches(self) -> tuple[str, str]:
        """The first Python of this kind and one beyond the last.

        A package may depend on a patch: `python_full_version < "3.11.3"` is true on some machines
        with 3.11 and false on others.
        """
        return f"{self.python}.0", f"{self.python}.99"

    def environment(self, full_version: str) -> dict[str, str]:
        """What the markers of packages are compared with; releases of kernels stay unknown."""
        linux = self.platform.sys_platform == "linux"
        return {
            "implementation_name": "cpython",
            "implementation_version": full_version,
            "os_name": "posix",
            "platform_machine": self.platform.machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": "Linux" if linux else "Darwin",
            "platform_version": "",
            "python_full_version": full_version,
            "python_version": self.python,
            "sys_platform": self.platform.sys_platform,
        }


TARGETS: Final = tuple(Target(python, platform) for python in PYTHONS for platform in PLATFORMS)


def marker_for(some: Collection[Target], targets: Sequence[Target]) -> str:
    """The marker that is true on `some` of the targets and false on the others; empty for all."""
    pythons = list(dict.fromkeys(target.python for target in targets))
    platforms = list(dict.fromkeys(target.platform for target in targets))
    alike: dict[tuple[str, ...], list[Platform]] = {}
    for platform in platforms:
        here = tuple(python for python in pythons if Target(python, platform) in some)
        if here:
            alike.setdefault(here, []).append(platform)
    clauses = [
        [clause for clause in (_of_pythons(here, pythons), _of(those, platforms)) if clause]
        for here, those in alike.items()
    ]
    if [] in clauses:
        return ""
    if len(clauses) == 1:
        return " and ".join(clauses[0])
    return " or ".join(" and ".join(clause) for clause in clauses)


def _of_pythons(some: Sequence[str], pythons: Sequence[str]) -> str:
    """Ranges, open at both ends, so that a newer Python is treated like the newest known one."""
    bounds = []
    for index, python in enumerate(pythons):
        if python not in some or (index > 0 and pythons[index - 1] in some):
            continue
        end = next((other for other in pythons[index:] if other not in some), None)
        lower = [] if index == 0 else [f'python_version >= "{python}"']
        upper = [] if end is None else [f'python_version < "{end}"']
        bounds.append(" and ".join(lower + upper))
    return _any(bounds)


def _of(some: Sequence[Platform], platforms: Sequence[Platform]) -> str:
    if len(some) == len(platforms):
        return ""
    clauses = []
    for system in dict.fromkeys(platform.sys_platform for platform in some):
        those = [platform for platform in some if platform.sys_platform == system]
        whole = [platform for platform in platforms if platform.sys_platform == system]
        machines = [f'platform_machine == "{platform.machine}"' for platform in those]
        named = [] if len(those) == len(whole) else [_any(machines)]
        clauses.append(" and ".join([f'sys_platform == "{system}"', *named]))
    return _any(clauses)


def _any(clauses: Sequence[str]) -> str:
    return clauses[0] if len(clauses) == 1 else f"({' or '.join(clauses)})"
