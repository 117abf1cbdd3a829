"""A setting that does not say everything about itself cannot be imported."""

from typing import Annotated

import pytest

from marlin_service._seaworthy.quantity_kinds import Duration
from marlin_service._seaworthy.settings_group import SettingsGroup

TEXTS = {"owner": "team", "reason": "r", "expect": "e", "rollback": "b"}


@pytest.mark.parametrize("missing", ["owner", "reason", "expect", "rollback"])
def test_a_missing_text_is_a_type_error(missing: str) -> None:
    texts = {name: text for name, text in TEXTS.items() if name != missing}
    with pytest.raises(TypeError, match=missing):
        Duration(env="T", default="1s", minimum="1s", maximum="2s", **texts)


def test_a_default_that_its_own_kind_refuses_is_a_type_error() -> None:
    setting = Duration(env="T", default="1s", test="3", minimum="1s", maximum="2s", **TEXTS)
    with pytest.raises(TypeError, match="its own default is refused: it has no unit"):

        class Wrong(SettingsGroup):
            label = "wrong"

            wait_ms: Annotated[int, setting]


def test_a_field_without_a_setting_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="expected one setting"):

        class Wrong(SettingsGroup):
            label = "wrong"

            wait_ms: int


def test_a_group_is_frozen_and_shows_written_values() -> None:
    class Right(SettingsGroup):
        label = "right"

        wait_ms: Annotated[int, Duration(env="T", minimum="1s", maximum="2s", **TEXTS)]

    group = Right(wait_ms=1000)
    with pytest.raises(ValueError, match="frozen"):
        group.wait_ms = 2000  # type: ignore[misc]
    assert repr(group) == "Right(wait_ms='1s')"
    assert Right.label_of("wait_ms") == "right.waitMs"
