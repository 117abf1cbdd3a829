"""A default of an address or a secret stands in no document whole."""

import json
from typing import Annotated

from pydantic import SecretStr

from marlin_service._seaworthy.redacted_url import RedactedUrl
from marlin_service._seaworthy.settings_env_file import to_env_file
from marlin_service._seaworthy.settings_group import SettingsGroup
from marlin_service._seaworthy.settings_page import to_markdown
from marlin_service._seaworthy.settings_schema import to_json_schema
from marlin_service._seaworthy.settings_tree import SettingsTree
from marlin_service._seaworthy.shown_setting import shown_default
from marlin_service._seaworthy.text_kinds import SecretText, Url

from setting_texts import TEXTS

STORE = Url(
    env="APP_STORE",
    protocols=("postgres:",),
    development="postgres://dev:hunter2@localhost/orders",
    test="postgres://test:hunter2@localhost/orders",
    **TEXTS,
)
TOKEN = SecretText(env="APP_TOKEN", min_length=7, test="hunter2", **TEXTS)


class App(SettingsGroup):
    label = "app"

    store: Annotated[RedactedUrl, STORE]
    token: Annotated[SecretStr, TOKEN]


class Tree(SettingsTree):
    app: App


def test_defaults_that_look_the_same_are_shown_once() -> None:
    shown = "postgres://***:***@localhost/orders"
    assert shown_default(STORE) == f"stated by each environment (development, test: {shown})"
    assert shown_default(TOKEN) == "stated by each environment (test: [secret])"


def test_no_document_shows_one_whole() -> None:
    schema = to_json_schema(Tree, "Settings")
    documents = [
        json.dumps(schema),
        to_markdown(Tree, "Settings"),
        to_env_file(Tree, service="s", owner="team"),
    ]
    assert "hunter2" not in "".join(documents)
    shown = dict.fromkeys(("development", "test"), "postgres://***:***@localhost/orders")
    assert schema["properties"]["APP_STORE"]["x-defaults"] == shown
