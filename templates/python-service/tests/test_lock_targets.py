"""A line of a lock file applies on the targets it is for, and on no other."""

import hypothesis.strategies as st
import pytest
from hypothesis import given
from pip._vendor.packaging.markers import Marker

from lock_error import LockError
from lock_resolution import supported_targets
from lock_targets import PYTHONS, TARGETS, Target, marker_for


def on(python: str = "", platform: str = "") -> set[Target]:
    return {
        target
        for target in TARGETS
        if target.python.startswith(python) and str(target.platform).startswith(platform)
    }


@given(st.sets(st.sampled_from(TARGETS), min_size=1))
def test_the_marker_of_any_set_is_true_there_and_nowhere_else(some: set[Target]) -> None:
    text = marker_for(some, TARGETS)
    for target in TARGETS:
        for full_version in target.patches():
            true = not text or Marker(text).evaluate(target.environment(full_version))
            assert true == (target in some)


@pytest.mark.parametrize(
    ("some", "marker"),
    [
        (on(), ""),
        (on("3.11"), 'python_version < "3.12"'),
        (on() - on("3.11"), 'python_version >= "3.12"'),
        (on(platform="linux"), 'sys_platform == "linux"'),
        (
            on("3.14", "darwin arm64"),
            'python_version >= "3.14" and sys_platform == "darwin" and platform_machine == "arm64"',
        ),
        (
            on("3.11", "linux") | on("3.14", "linux"),
            '(python_version < "3.12" or python_version >= "3.14") and sys_platform == "linux"',
        ),
    ],
)
def test_a_marker_is_as_short_as_a_person_would_write_it(some: set[Target], marker: str) -> None:
    assert marker_for(some, TARGETS) == marker


def test_each_python_is_there_on_each_platform() -> None:
    assert [len(on(python)) for python in PYTHONS] == [4, 4, 4, 4]


def test_a_wheel_for_a_newer_glibc_than_the_oldest_is_not_asked_for() -> None:
    [linux] = {target.platform for target in on("3.11", "linux x86_64")}
    platforms = linux.wheel_platforms()
    assert platforms[0] == "manylinux_2_28_x86_64"
    assert {"manylinux_2_17_x86_64", "manylinux2014_x86_64"} < set(platforms)


def test_a_service_for_newer_pythons_locks_for_these_only() -> None:
    assert {target.python for target in supported_targets(">=3.13")} == {"3.13", "3.14"}
    assert {target.python for target in supported_targets(">=3.12.4,<3.13")} == {"3.12"}
    with pytest.raises(LockError, match=r"no known Python is >=4; see tools/lock_targets\.py"):
        supported_targets(">=4")
