"""The lock files of this service fit its dependencies, on every machine they are for."""

import importlib.metadata
from pathlib import Path

import pytest
from pip._vendor.packaging.markers import Marker
from pip._vendor.packaging.utils import canonicalize_name

import lock
from lock_closure import Package, closure
from lock_file import Pin, parse_lock
from lock_inputs import LockInputs
from lock_resolution import supported_targets
from lock_targets import Target

ROOT = Path(__file__).parents[1]
INPUTS = LockInputs.parse((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HERE: dict[str, importlib.metadata.Distribution] = {
    canonicalize_name(found.name): found for found in importlib.metadata.distributions()
}


def pins(name: str) -> list[Pin]:
    """Reading it finds a version without a hash, an option and an address."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    return list(parse_lock(text, name).pins)


def installed(pin: Pin) -> Package:
    """A package as its metadata describes it; one that only other machines need has none here."""
    found = HERE.get(pin.name)
    requires = found.requires if found is not None and found.version == pin.version else None
    return Package(pin.name, pin.version, tuple(requires or ()))


def packages(those: list[Pin], environment: dict[str, str]) -> dict[str, Package]:
    here = [pin for pin in those if not pin.marker or Marker(pin.marker).evaluate(environment)]
    found = {pin.name: installed(pin) for pin in here}
    assert len(found) == len(here), "two versions of one package for one target"
    return found


def test_they_were_made_from_the_dependencies_that_pyproject_names() -> None:
    lock.check(ROOT)


@pytest.mark.parametrize("target", supported_targets(INPUTS.requires_python), ids=str)
def test_each_target_finds_all_it_needs(target: Target) -> None:
    runtime, dev = pins(lock.RUNTIME_FILE), pins(lock.DEV_FILE)
    for full_version in target.patches():
        environment = target.environment(full_version)
        alone = packages(runtime, environment)
        assert closure(INPUTS.runtime, alone, environment) <= set(alone)
        together = packages([*runtime, *dev], environment)
        closure([*INPUTS.runtime, *INPUTS.dev], together, environment)


def test_this_environment_has_the_locked_versions() -> None:
    for pin in [*pins(lock.RUNTIME_FILE), *pins(lock.DEV_FILE)]:
        if not pin.marker or Marker(pin.marker).evaluate():
            assert pin.name in HERE, f"{pin.name} is not installed; run make setup"
            found = HERE[pin.name].version
            assert found == pin.version, f"{pin.name} is {found} here; run make setup"
