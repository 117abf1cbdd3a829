"""Writes and reads the lock files: requirements files with exact versions and hashes."""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lock_error import LockError

_FINGERPRINT: Final = "# made from: sha256:"
_PIN: Final = re.compile(
    r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)==(?P<version>[A-Za-z0-9.!+_-]+)"
    r"(?: ; (?P<marker>[^\\#\s](?:[^\\#\n]*[^\\#\s])?))? \\"
)
_HASH: Final = re.compile(r"    --hash=sha256:(?P<digest>[0-9a-f]{64})(?P<more> \\)?")


@dataclass(frozen=True, order=True)
class Pin:
    """One version of a package, where it applies, and the digest of each file it may come from."""

    name: str
    version: str
    marker: str
    digests: tuple[str, ...]


@dataclass(frozen=True)
class LockFile:
    """What is read from a lock file."""

    fingerprint: str
    pins: tuple[Pin, ...]


def write_lock(pins: Iterable[Pin], *, about: str, fingerprint: str) -> str:
    """The text of a lock file: the same pins give the same bytes."""
    lines = [f"# {line}" for line in textwrap.wrap(about, 96)]
    lines += [f"{_FINGERPRINT}{fingerprint}", ""]
    for pin in sorted(pins):
        if not pin.digests:
            raise LockError(f"{pin.name}=={pin.version} has no hash")
        marker = f" ; {pin.marker}" if pin.marker else ""
        hashes = [f"    --hash=sha256:{digest}" for digest in sorted(pin.digests)]
        lines.append(" \\\n".join([f"{pin.name}=={pin.version}{marker}", *hashes]))
    return "\n".join(lines) + "\n"


def parse_lock(text: str, name: str) -> LockFile:
    """Reads what `write_lock` writes and nothing else: an address or an option is refused."""
    fingerprint, pins = "", list[Pin]()
    lines = iter(enumerate(text.split("\n"), 1))
    for number, line in lines:
        if line.startswith("#") or not line:
            fingerprint = line.removeprefix(_FINGERPRINT) if _FINGERPRINT in line else fingerprint
            continue
        pin = _PIN.fullmatch(line)
        if pin is None:
            raise LockError(f"{name}:{number}: expected name==version with a hash below it")
        digests, more = list[str](), True
        while more:
            number, line = next(lines, (number + 1, ""))
            found = _HASH.fullmatch(line)
            if found is None:
                raise LockError(f"{name}:{number}: expected a sha256 hash of {pin['name']}")
            digests.append(found["digest"])
            more = found["more"] is not None
        pins.append(Pin(pin["name"], pin["version"], pin["marker"] or "", tuple(digests)))
    if not fingerprint:
        raise LockError(f"{name} does not say what it was made from")
    return LockFile(fingerprint, tuple(pins))
