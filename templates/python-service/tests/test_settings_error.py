"""The error of settings may cross a process: a pool of workers pickles what was raised."""

import copy
import pickle
from collections.abc import Callable

import pytest

from marlin_service._seaworthy.settings_error import (
    SettingProblem,
    SettingsError,
)

PROBLEM = SettingProblem(
    name="A", code="CFG_INVALID", got="1", expected="2", why="w", fix="f", owner="team"
)


@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))],  # noqa: S301
)
def test_a_copy_says_the_same(copied: Callable[[SettingsError], SettingsError]) -> None:
    error = SettingsError([PROBLEM, PROBLEM], 7, None, "The file was not written.")
    error.add_note("while it started")
    other = copied(error)
    assert type(other) is SettingsError
    assert str(other) == str(error)
    assert str(other).startswith("SettingsError: 2 problems in 7 settings (no environment). The f")
    assert other.problems == [PROBLEM, PROBLEM]
    assert other.__notes__ == ["while it started"]
