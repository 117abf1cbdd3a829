"""Facts stand in one place: what is generated or repeated is equal to its source."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from marlin_service._seaworthy.settings_command import (
    run_settings_command,
)
from marlin_service._seaworthy.settings_documents import (
    Override,
    to_env_file,
    to_markdown,
)
from marlin_service.service import OBJECTIVES, SERVICE_NAME, SERVICE_OWNER
from marlin_service.settings import PRODUCTION_OVERRIDES, Settings

ROOT = Path(__file__).parents[1]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def command(*arguments: str) -> int:
    return run_settings_command(
        Settings,
        arguments,
        service_name=SERVICE_NAME,
        owner=SERVICE_OWNER,
        overrides=PRODUCTION_OVERRIDES,
    )


def test_the_code_and_service_json_say_the_same() -> None:
    facts = json.loads(read("service.json"))
    assert (facts["name"], facts["owner"]) == (SERVICE_NAME, SERVICE_OWNER)
    assert facts["objectives"] == {
        "responseTimeMs": OBJECTIVES.response_time_ms,
        "errorRate": OBJECTIVES.error_rate,
        "databaseCallsPerRequest": OBJECTIVES.database_calls_per_request,
    }
    assert tomllib.loads(read("pyproject.toml"))["project"]["name"] == SERVICE_NAME


def test_the_settings_page_is_the_generated_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert command("docs") == 0
    assert read("docs/defaults.md") == capsys.readouterr().out
    assert read("docs/defaults.md") == to_markdown(Settings, SERVICE_NAME)


def test_the_production_file_is_the_generated_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert command("env") == 0
    assert read("config/production.env") == capsys.readouterr().out


def test_an_override_names_a_change_record_that_exists() -> None:
    for override in PRODUCTION_OVERRIDES.values():
        assert (ROOT / override.change).is_file()


def test_an_override_of_nothing_is_refused() -> None:
    overrides = {"HTTP_POTR": Override(value="1", change="x")}
    with pytest.raises(TypeError, match="no setting declares HTTP_POTR"):
        to_env_file(Settings, SERVICE_NAME, overrides)


def test_the_staging_configuration_loads() -> None:
    environ = {"DEPLOY_ENVIRONMENT": "staging", "HEALTH_TOKEN": "stand-in-for-a-test"}
    assert Settings.load(environ, ROOT).service.database_url == "sqlite:var/staging.db"


def test_the_command_prints_the_settings_as_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPLOY_ENVIRONMENT", "test")
    assert command() == 0
    output = capsys.readouterr().out
    document = json.loads(output)
    assert output.startswith('{\n  "environment": "test",\n  "settings": {\n    "HTTP_HOST": {')
    port = {"setting": "httpServer.port", "value": "8080", "origin": "default"}
    assert document["settings"]["HTTP_PORT"] == port
    assert document["settings"]["HEALTH_TOKEN"]["value"] == "[secret]"
    assert len(document["settings"]) == 14


def test_the_command_prints_an_error_on_standard_error_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEPLOY_ENVIRONMENT", raising=False)
    assert command() == 78
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("SettingsError: 1 problem in 14 settings (no environment).")


def test_an_unknown_subcommand_is_a_mistake_of_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert command("doc") == 64
    assert capsys.readouterr().out == ""


def test_every_make_target_of_service_json_exists() -> None:
    makefile, facts = read("Makefile"), json.loads(read("service.json"))
    commands = [*facts["commands"].values(), *(item["command"] for item in facts["checklist"])]
    targets = {found for each in commands for found in re.findall(r"^make (\w+)$", each)}
    assert targets >= {"setup", "lint", "test", "integration", "verify"}
    assert all(re.search(rf"^{target}: ## ", makefile, re.MULTILINE) for target in targets)
