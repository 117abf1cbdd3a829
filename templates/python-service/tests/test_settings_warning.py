"""A deprecated setting still counts, and says once what to set instead."""

import warnings
from pathlib import Path
from typing import Annotated

import pytest

from marlin_service._seaworthy import settings_warning
from marlin_service._seaworthy.load_settings import load_settings
from marlin_service._seaworthy.settings_env_file import to_env_file
from marlin_service._seaworthy.settings_group import SettingsGroup
from marlin_service._seaworthy.settings_page import to_markdown
from marlin_service._seaworthy.settings_schema import to_json_schema
from marlin_service._seaworthy.settings_tree import SettingsTree
from marlin_service._seaworthy.settings_warning import SettingsWarning
from marlin_service._seaworthy.text_kinds import Text

from setting_texts import TEXTS


class Mail(SettingsGroup):
    label = "mail"

    host: Annotated[str, Text(env="MAIL_HOST", default="a", **TEXTS)]
    server: Annotated[
        str,
        Text(
            env="MAIL_SERVER",
            default="a",
            deprecated=("1.2.0", "MAIL_HOST", "one word for all hosts"),
            **TEXTS,
        ),
    ]


class Tree(SettingsTree):
    mail: Mail


@pytest.fixture(autouse=True)
def _untold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings_warning, "_told", set())


def load(root: Path, **environ: str) -> str:
    own = {"DEPLOY_ENVIRONMENT": "test", **environ}
    return load_settings(Tree, owner="team", environ=own, root=root).settings.mail.server


def test_it_warns_once_when_it_is_stated(tmp_path: Path) -> None:
    said = "^MAIL_SERVER is deprecated since 1.2.0: one word for all hosts. Set MAIL_HOST instead.$"
    with pytest.warns(SettingsWarning, match=said):
        assert load(tmp_path, MAIL_SERVER="b") == "b"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load(tmp_path, MAIL_SERVER="b") == "b"


def test_its_default_warns_nobody(tmp_path: Path) -> None:
    assert load(tmp_path, MAIL_HOST="b") == "a"


def test_the_documents_say_it() -> None:
    said = "deprecated since 1.2.0: one word for all hosts; set MAIL_HOST instead"
    assert f"| {said}. r | e | b | team |" in to_markdown(Tree, "Settings")
    assert f"# Deprecated: {said}\n# Why: r\n" in to_env_file(Tree, service="s", owner="team")
    described = to_json_schema(Tree, "Settings")["properties"]["MAIL_SERVER"]
    assert described["deprecated"] is True
    assert described["x-deprecated"] == {
        "since": "1.2.0",
        "replacement": "MAIL_HOST",
        "reason": "one word for all hosts",
    }
