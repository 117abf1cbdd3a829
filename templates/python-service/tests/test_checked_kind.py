"""A setting may be of any pydantic type, and still repeats nothing of what was written."""

from typing import Annotated, Any

import pytest
from pydantic import AfterValidator, BaseModel, Json, TypeAdapter

from marlin_service._seaworthy.checked_kind import Checked
from marlin_service._seaworthy.load_settings import load_settings
from marlin_service._seaworthy.setting import Refused
from marlin_service._seaworthy.settings_group import SettingsGroup
from marlin_service._seaworthy.settings_tree import SettingsTree

from setting_texts import TEXTS


class Region(BaseModel):
    name: str
    weights: tuple[int, ...] = ()


def checked(adapter: Any, **options: Any) -> Checked:
    return Checked(env="X", adapter=TypeAdapter(adapter), description="regions", **TEXTS, **options)


REGIONS = checked(Json[tuple[Region, ...]], default="[]")


def split(written: str) -> tuple[str, ...]:
    return tuple(written.split(","))


def refused(setting: Checked, written: str) -> Refused:
    with pytest.raises(Refused) as caught:
        setting.read(written)
    return caught.value


def test_the_type_gets_the_text_as_it_is_written() -> None:
    read = REGIONS.read('[{"name":"eu","weights":[1,2]}]')
    assert read == (Region(name="eu", weights=(1, 2)),)
    assert REGIONS.write(read) == '[{"name":"eu","weights":[1,2]}]'
    assert REGIONS.expected() == "regions"
    assert checked(str).write("a b") == "a b"


def test_no_password_is_printed() -> None:
    written = "postgres://app:hunter2@db/orders"
    assert checked(str).write(written) == "postgres://***:***@db/orders"
    assert checked(Any).write([written]) == '["postgres://***:***@db/orders"]'


def test_a_value_that_json_has_no_word_for_is_printed_too() -> None:
    value = object()
    assert checked(Any).write(value) == str(value)


def test_places_are_named_and_messages_never() -> None:
    error = refused(REGIONS, '[{"name":"eu"},{"name":7,"weights":["hunter2"]}]')
    assert (error.code, error.why) == (
        "CFG_INVALID",
        "its schema refuses it at 1.name, 1.weights.0",
    )
    assert error.__context__ is None
    assert refused(REGIONS, "hunter2").why == "its schema refuses it"


def test_a_place_that_was_typed_is_not_repeated() -> None:
    setting = checked(Json[dict[str, int]], default="{}")
    assert refused(setting, '{"a":1,"hunter 2":"x"}').why == "its schema refuses it at …"


def test_five_places_are_enough() -> None:
    setting = checked(Json[list[int]], default="[]")
    assert refused(setting, f"[{','.join(['null'] * 9)}]").why.endswith(" at 0, 1, 2, 3, 4")


def test_a_type_that_fails_gives_no_answer() -> None:
    def fails(written: str) -> str:
        if written:
            raise RuntimeError(written)
        return written

    setting = checked(Annotated[str, AfterValidator(fails)])
    assert refused(setting, "hunter2").why == "its schema gave no answer for it"


def test_a_type_that_fails_for_its_default_is_a_type_error() -> None:
    def fails(written: str) -> str:
        raise RuntimeError(written)

    with pytest.raises(TypeError, match="X: the schema throws for an empty text"):
        checked(Annotated[str, AfterValidator(fails)])
    with pytest.raises(TypeError, match="X: the schema throws for its default"):
        checked(Annotated[str, AfterValidator(fails)], default="a")


def test_it_is_loaded_like_any_other(tmp_path: Any) -> None:
    setting = checked(Annotated[Any, AfterValidator(split)], default="eu-1,eu-2")

    class App(SettingsGroup):
        label = "app"

        regions: Annotated[tuple[str, ...], setting]

    class Tree(SettingsTree):
        app: App

    environ = {"DEPLOY_ENVIRONMENT": "test"}
    loaded = load_settings(Tree, owner="team", environ=environ, root=tmp_path)
    assert loaded.settings.app.regions == ("eu-1", "eu-2")
    assert repr(loaded.settings.app) == """App(regions='["eu-1","eu-2"]')"""
