"""What packages require is followed for each target, and the targets become one list of pins."""

import pytest

from lock_closure import Package, closure
from lock_error import LockError
from lock_file import Pin
from lock_resolution import Resolved, merge
from lock_targets import PLATFORMS, Target

LINUX, _, MAC, _ = PLATFORMS
OLD, OLD_MAC = Target("3.12", LINUX), Target("3.12", MAC)
NEW, NEW_MAC = Target("3.13", LINUX), Target("3.13", MAC)


def packages(**requires: list[str]) -> dict[str, Package]:
    return {name: Package(name, "1.5", tuple(each)) for name, each in requires.items()}


def needed(requirement: str, target: Target, **requires: list[str]) -> set[str]:
    environment = target.environment(target.patches()[0])
    return closure([requirement], packages(**requires), environment)


def test_markers_are_compared_with_the_target_and_not_with_this_python() -> None:
    requires = {
        "a": ['b; python_version < "3.13"', 'c; sys_platform == "darwin"', "d"],
        "b": [],
        "c": [],
        "d": ['a; python_version < "3"'],
    }
    assert needed("a", OLD, **requires) == {"a", "b", "d"}
    assert needed("a", NEW, **requires) == {"a", "d"}
    assert needed("a", NEW_MAC, **requires) == {"a", "c", "d"}


def test_the_patch_of_a_python_is_a_marker_too() -> None:
    found = packages(a=['b; python_full_version < "3.13.3"'], b=[])
    first, last = NEW.patches()
    assert closure(["a"], found, NEW.environment(first)) == {"a", "b"}
    assert closure(["a"], found, NEW.environment(last)) == {"a"}


def test_an_extra_counts_where_it_is_asked_for() -> None:
    requires = {
        "a": ["b[fast]", "b"],
        "b": ['c; extra == "fast"', 'd; extra == "slow"'],
        "c": ["a"],
    }
    assert needed("a", NEW, **requires) == {"a", "b", "c"}
    assert needed("b", NEW, **requires) == {"b"}


@pytest.mark.parametrize(
    ("requires", "message"),
    [
        ([], "pyproject.toml requires a>=1, which is not there"),
        ({"a": ["b"]}, "a requires b, which is not there"),
        ({"a": ["b>2"], "b": []}, "a requires b>2, got 1.5"),
    ],
)
def test_what_pip_left_out_is_found(requires: dict[str, list[str]], message: str) -> None:
    with pytest.raises(LockError, match=f"^{message}$"):
        needed("a>=1", NEW, **dict(requires))


def resolved(file: str, runtime: set[str], **versions: str) -> Resolved:
    digests = {name: frozenset({f"{name} {version} {file}"}) for name, version in versions.items()}
    return Resolved(versions, frozenset(runtime), digests)


def test_each_pin_names_the_targets_that_differ_and_all_digests() -> None:
    found = {
        OLD: resolved("linux", {"a", "b"}, a="1", b="1", c="1"),
        OLD_MAC: resolved("mac", {"a"}, a="1", c="1"),
        NEW: resolved("linux", {"a", "b"}, a="1", b="2", c="1"),
        NEW_MAC: resolved("mac", {"a"}, a="1", b="2", c="1"),
    }
    linux, mac = 'sys_platform == "linux"', 'sys_platform == "darwin"'
    both = ("b 2 linux", "b 2 mac")
    assert merge(found, list(found)) == (
        [
            Pin("a", "1", "", ("a 1 linux", "a 1 mac")),
            Pin("b", "1", f'python_version < "3.13" and {linux}', ("b 1 linux",)),
            Pin("b", "2", f'python_version >= "3.13" and {linux}', both),
        ],
        [
            Pin("b", "2", f'python_version >= "3.13" and {mac}', both),
            Pin("c", "1", "", ("c 1 linux", "c 1 mac")),
        ],
    )
