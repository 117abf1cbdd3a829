"""What the files of a stage may not hold, and what only the host of the stage has."""

from pathlib import Path
from typing import Annotated

import pytest
from pydantic import SecretStr

from marlin_service._seaworthy.quantity_kinds import Count
from marlin_service._seaworthy.redacted_url import RedactedUrl
from marlin_service._seaworthy.settings_group import SettingsGroup
from marlin_service._seaworthy.settings_tree import SettingsTree
from marlin_service._seaworthy.stages import Stage
from marlin_service._seaworthy.text_kinds import SecretText, Text, Url
from marlin_service._seaworthy.verify_settings import (
    SettingsReport,
    verify_settings,
)

from setting_texts import TEXTS

TOKEN = "a-token-of-24-characters"
RECORD = "# Change: docs/record.md\n"
RECORDS_THAT_ARE_NONE = [
    ".",
    "docs",
    "/etc/passwd",
    "docs/none.md",
    "docs/record.md/",
    "docs/record.md/x",
    "x" * 300,
    "a\0b",
]


class App(SettingsGroup):
    label = "app"

    token: Annotated[SecretStr, SecretText(env="APP_TOKEN", min_length=16, **TEXTS)]
    store: Annotated[RedactedUrl, Url(env="APP_STORE", protocols=("sqlite:",), **TEXTS)]
    mode: Annotated[str, Text(env="APP_MODE", default="calm", **TEXTS)]


class Tree(SettingsTree):
    app: App


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/record.md").touch()
    return tmp_path


def verify(
    root: Path, stage: Stage = "production", *, production: str = "", staging: str = ""
) -> SettingsReport:
    (root / "config/production.env").write_text(production, encoding="utf-8")
    (root / "config/staging.env").write_text(staging, encoding="utf-8")
    return verify_settings(Tree, stage=stage, owner="owner", root=root)


def found(report: SettingsReport) -> list[tuple[str, str]]:
    return [(problem.code, problem.name) for problem in report.problems]


@pytest.mark.parametrize("record", RECORDS_THAT_ARE_NONE)
def test_a_record_is_a_file_of_the_service(root: Path, record: str) -> None:
    report = verify(root, production=f"# Change: {record}\nAPP_MODE=loud\n")
    [problem] = report.problems
    assert (problem.code, problem.name) == ("CFG_UNDOCUMENTED", "APP_MODE")
    assert problem.why == "the record it names is no file of this service"


def test_a_record_that_the_system_does_not_give_is_none(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "is_file", fails)
    assert found(verify(root, production=f"{RECORD}APP_MODE=loud\n")) == [
        ("CFG_UNDOCUMENTED", "APP_MODE")
    ]


def test_a_record_is_enough(root: Path) -> None:
    assert found(verify(root, production=f"{RECORD}APP_MODE=loud\n")) == []


def test_what_only_the_host_has_is_no_problem_of_the_files(root: Path) -> None:
    report = verify(root, production=f"{RECORD}APP_TOKEN_FILE=/run/secrets/none/token\n")
    assert found(report) == []
    assert report.settings["APP_TOKEN"] == {
        "setting": "app.token",
        "value": "unknown",
        "origin": "from a file at start",
    }
    assert report.settings["APP_STORE"]["origin"] == "from the environment at start"


def test_a_setting_without_a_default_must_be_stated(tmp_path: Path) -> None:
    class Must(SettingsGroup):
        label = "must"

        size: Annotated[int, Count(env="SIZE", minimum=1, maximum=9, **TEXTS)]

    class MustTree(SettingsTree):
        must: Must

    report = verify_settings(MustTree, stage="test", owner="owner", root=tmp_path)
    assert found(report) == [("CFG_MISSING", "SIZE")]
    assert report.settings["SIZE"]["origin"] == "none"


def test_a_secret_in_a_file_is_exposed_whatever_is_said_about_it(root: Path) -> None:
    report = verify(root, production=f"{RECORD}APP_TOKEN={TOKEN}\n")
    [problem] = report.problems
    assert problem.as_data() == {
        "code": "CFG_EXPOSED",
        "name": "APP_TOKEN",
        "setting": "app.token",
        "got": "a secret (never shown)",
        "from": "file config/production.env:2",
        "expected": "no secret in a file that is kept with the code",
        "why": "everybody who may read the repository knows it",
        "fix": "replace the secret, remove the line, and set APP_TOKEN or APP_TOKEN_FILE where"
        " the service runs",
        "retryable": False,
        "owner": "team",
    }


def test_a_secret_is_exposed_in_each_file(root: Path) -> None:
    report = verify(
        root,
        "staging",
        production=f"{RECORD}APP_TOKEN={TOKEN}\n",
        staging=f"# Differs: no\nAPP_TOKEN={TOKEN}\n",
    )
    assert found(report) == [
        ("CFG_SHARED", "APP_TOKEN"),
        ("CFG_EXPOSED", "APP_TOKEN"),
        ("CFG_EXPOSED", "APP_TOKEN"),
    ]
