"""Nothing ever prints a secret."""

import logging
import traceback
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marlin_service._seaworthy.load_settings import load_settings
from marlin_service._seaworthy.settings_description import (
    describe_settings,
    to_json,
)
from marlin_service._seaworthy.settings_error import SettingsError
from marlin_service.hidden_keys import HiddenKeys
from marlin_service.json_log import JsonFormatter
from marlin_service.settings import Settings

SECRET = "hunter2-hunter2-hunter2"
ENVIRON = {"DEPLOY_ENVIRONMENT": "test", "HEALTH_TOKEN": SECRET}


def test_loaded_settings_show_no_secret(tmp_path: Path) -> None:
    loaded = load_settings(Settings, owner="team", environ=ENVIRON, root=tmp_path)
    settings = loaded.settings
    shown = [
        repr(settings),
        str(settings),
        repr(settings.service),
        repr(loaded),
        to_json(describe_settings(loaded)),
    ]
    shown += [repr(settings.model_dump()), settings.model_dump_json()]
    assert settings.service.health_token.get_secret_value() == SECRET
    assert "hunter2" not in "".join(shown)
    assert '"value": "[secret]"' in to_json(describe_settings(loaded))


def test_an_error_shows_no_secret_nor_a_part_of_one(tmp_path: Path) -> None:
    environ = {**ENVIRON, "HEALTH_TOKEN": "hunter2", "DATABASE_URL": "db://me:hunter2@h/d"}
    with pytest.raises(SettingsError) as caught:
        Settings.load(environ, tmp_path)
    error = caught.value
    shown = [str(error), repr(error), repr(error.problems), repr(error.args)]
    shown += traceback.format_exception(error)
    assert "hunter" not in "".join(shown)


# Long enough to be told apart from what is printed anyway.
TOKENS = st.text("QZß!/@:;? \n", min_size=10, max_size=40)


@given(TOKENS, st.sampled_from(["test", "development", "prod", ""]))
def test_no_error_prints_a_secret_whatever_it_is_and_wherever_it_was_put(
    token: str, stage: str
) -> None:
    url = f"postgres://app:{token}@db/orders"
    for environ in (
        {"DEPLOY_ENVIRONMENT": stage, "HEALTH_TOKEN": token, "DATABASE_URL": url},
        {"DEPLOY_ENVIRONMENT": stage, "HEALTH_TOKEN_FILE": token, "DATABASE_URL_FILE": url},
        {"DEPLOY_ENVIRONMENT": url, "HEALTH_TOKEN": token},
        {"DEPLOY_ENVIRONMENT": stage, "HTTP_HOST": url, "LOG_LEVEL": url, "HTTP_PORT": url},
    ):
        with pytest.raises(SettingsError) as caught:
            Settings.load({**environ, "HTTP_BODY_LIMIT": "x"}, Path("/nowhere"))
        assert token not in f"{caught.value}{caught.value.problems!r}"


def test_a_file_line_with_a_secret_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    text = f"HEALTH_TOKEN='{SECRET}'\n"
    (tmp_path / "config" / "production.env").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        Settings.load({"DEPLOY_ENVIRONMENT": "production"}, tmp_path)
    assert "hunter" not in str(caught.value)
    assert "config/production.env:1" in str(caught.value)


def test_logged_settings_show_no_secret(tmp_path: Path) -> None:
    settings = Settings.load(ENVIRON, tmp_path)
    record = logging.LogRecord("x", 20, "", 0, "%s", (settings,), None)
    record.fields = {"settings": settings}
    assert "hunter2" not in JsonFormatter(HiddenKeys("token")).format(record)
