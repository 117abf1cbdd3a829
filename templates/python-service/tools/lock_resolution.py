"""Finds the packages of every target, and merges them into the pins of two files."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pip._vendor.packaging.specifiers import SpecifierSet

from lock_closure import Package, closure
from lock_error import LockError
from lock_file import Pin
from lock_inputs import LockInputs
from lock_targets import TARGETS, Target, marker_for

_ASK_PIP = Path(__file__).with_name("ask_pip.py")


@dataclass(frozen=True)
class Resolved:
    """What one target installs: version of each package, by whom it is needed, digests of files."""

    versions: Mapping[str, str]
    runtime: frozenset[str]
    digests: Mapping[str, frozenset[str]]


def supported_targets(requires_python: str) -> list[Target]:
    """The targets whose Python the service accepts, in any of its patches."""
    accepted = SpecifierSet(requires_python)
    targets = [target for target in TARGETS if any(map(accepted.contains, target.patches()))]
    if not targets:
        raise LockError(f"no known Python is {requires_python}; see tools/lock_targets.py")
    return targets


def resolve_all(inputs: LockInputs, targets: Sequence[Target]) -> dict[Target, Resolved]:
    """Asks pip for every target; two at a time, since most of it is waiting and reading."""
    with ThreadPoolExecutor(max_workers=2) as workers:
        answers = workers.map(lambda target: _resolve(inputs, target), targets)
        return dict(zip(targets, answers, strict=True))


def merge(
    resolved: Mapping[Target, Resolved], targets: Sequence[Target]
) -> tuple[list[Pin], list[Pin]]:
    """Pins of the running service, and those that tests, tools and build need on top."""
    where: dict[tuple[bool, str, str], list[Target]] = {}
    digests: dict[tuple[str, str], set[str]] = {}
    for target in targets:
        found = resolved[target]
        for name, version in found.versions.items():
            where.setdefault((name in found.runtime, name, version), []).append(target)
            digests.setdefault((name, version), set()).update(found.digests[name])
    pins: dict[bool, list[Pin]] = {True: [], False: []}
    for (runtime, name, version), some in sorted(where.items()):
        files = tuple(sorted(digests[name, version]))
        pins[runtime].append(Pin(name, version, marker_for(some, targets), files))
    return pins[True], pins[False]


def _resolve(inputs: LockInputs, target: Target) -> Resolved:
    """One answer for both ends of a Python's patches; mostly the first end's is enough."""
    first, last = map(target.environment, target.patches())
    packages, digests = _ask(inputs, target, first, {})
    everything = [*inputs.runtime, *inputs.dev]
    needed = closure(everything, packages, first)
    runtime = closure(inputs.runtime, packages, first)
    try:
        closure(everything, packages, last)
    except LockError:
        # One version for both ends, or no marker of a lock file could tell them apart.
        more, more_digests = _ask(inputs, target, last, packages)
        packages, digests = more | packages, more_digests | digests
    needed |= closure(everything, packages, last)
    runtime |= closure(inputs.runtime, packages, last)
    versions = {name: packages[name].version for name in needed}
    return Resolved(versions, frozenset(runtime), {name: digests[name] for name in needed})


def _ask(
    inputs: LockInputs, target: Target, environment: dict[str, str], kept: Mapping[str, Package]
) -> tuple[dict[str, Package], dict[str, frozenset[str]]]:
    """What pip would install there, with the digests of all files of it; `kept` has to stay."""
    question = {
        "environment": environment,
        "platforms": target.platform.wheel_platforms(),
        "requirements": [*inputs.runtime, *inputs.dev],
        "constraints": [f"{package.name}=={package.version}" for package in kept.values()],
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "answer.json")
        ran = subprocess.run(  # noqa: S603 - this Python, a file beside this one, no shell
            [sys.executable, str(_ASK_PIP), str(file)],
            input=json.dumps(question),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if ran.returncode != 0:
            version = environment["python_full_version"]
            where = f"Python {version} on {target.platform}"
            raise LockError(f"pip found no set of packages for {where}:\n{ran.stderr.strip()}")
        answer = json.loads(file.read_text(encoding="utf-8"))
    packages = {
        each["name"]: Package(each["name"], each["version"], tuple(each["requires"]))
        for each in answer["packages"]
    }
    digests = {name: _digests(package, answer["files"]) for name, package in packages.items()}
    return packages, digests


def _digests(package: Package, files: Mapping[str, Mapping[str, str | None]]) -> frozenset[str]:
    of_package = files[f"{package.name} {package.version}"]
    without = [file for file, digest in of_package.items() if digest is None]
    if without or not of_package:
        missing = ", ".join(without) or f"{package.name} {package.version}"
        raise LockError(f"the index gives no sha256 for {missing}")
    return frozenset(digest for digest in of_package.values() if digest is not None)
