"""Facts stand in one place: what is generated or repeated is equal to its source."""

import inspect
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from dotenv import dotenv_values

from marlin_service import problems
from marlin_service._seaworthy.env_file import parse_env_file
from marlin_service._seaworthy.settings_command import SettingsCommand
from marlin_service._seaworthy.settings_env_file import to_env_file
from marlin_service._seaworthy.settings_error import SettingsError
from marlin_service._seaworthy.settings_schema import to_json_schema
from marlin_service._seaworthy.verify_settings import verify_settings
from marlin_service.problem import Problem
from marlin_service.service import OBJECTIVES, SERVICE_NAME, SERVICE_OWNER
from marlin_service.settings import Settings

ROOT = Path(__file__).parents[1]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    command = SettingsCommand(Settings, service=SERVICE_NAME, owner=SERVICE_OWNER, root=ROOT)
    assert command.run(arguments) == 0
    return capsys.readouterr().out


def env_file(current: str) -> str:
    return to_env_file(Settings, service=SERVICE_NAME, owner=SERVICE_OWNER, current=current)


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
    assert read("docs/defaults.md") == printed(capsys, "docs")


@pytest.mark.parametrize("stage", ["production", "staging"])
def test_names_and_comments_of_a_file_are_the_generated_ones(
    capsys: pytest.CaptureFixture[str], stage: str
) -> None:
    assert read(f"config/{stage}.env") == printed(capsys, "env", stage)


@pytest.mark.parametrize("stage", ["production", "staging"])
def test_each_live_line_says_why(stage: str) -> None:
    report = verify_settings(Settings, stage=stage, owner=SERVICE_OWNER, root=ROOT)  # type: ignore[arg-type]
    assert report.problems == []


def test_a_file_written_again_keeps_its_values_and_what_a_person_wrote_above_them() -> None:
    live = "# Change: docs/changes/0002.md\n# Ticket 12: ask Ann\n# Shared: c\nHTTP_PORT=9\n"
    token = "# Differs: mounted\nHEALTH_TOKEN_FILE=/run/token\n"
    text = env_file(f"# gone\n\n{token}\n{live}")
    assert f"# Owner: marlin-team\n{live}\n" in text
    assert f"# Owner: marlin-team\n{token}\n" in text
    assert "# gone" not in text
    assert text == env_file(text)
    older = text.replace("# Owner: marlin-team\n# Change", "# Owner: team-z\n# Change")
    older = older.replace("# Why: ", "# Why: an older reason; ")
    assert older != text
    assert env_file(older) == text
    assert [line for line in text.split("\n") if line and not line.startswith("#")] == [
        "HTTP_PORT=9",
        "HEALTH_TOKEN_FILE=/run/token",
    ]


def test_a_line_without_a_value_says_where_the_value_comes_from() -> None:
    lines = env_file("").split("\n")
    file = "the file that {name}_FILE names"
    token, url = file.format(name="HEALTH_TOKEN"), file.format(name="DATABASE_URL")
    assert f"# HEALTH_TOKEN comes from the environment or {token}, never from this file" in lines
    said = f"# DATABASE_URL is stated by each environment: here, in its environment, or in {url}"
    assert said in lines


def test_a_file_that_is_not_understood_is_not_written_again() -> None:
    with pytest.raises(SettingsError) as caught:
        env_file("HTTP_POTR=1\nHTTP_PORT = 2\n")
    malformed, unknown = caught.value.problems
    assert (malformed.name, malformed.code) == ("config/production.env:2", "CFG_FILE")
    assert (unknown.name, unknown.fix) == ("HTTP_POTR", "rename it to HTTP_PORT")
    said = f"2 problems in {len(Settings.declared())} settings (production)"
    assert str(caught.value).startswith(f"SettingsError: {said}. The file was not written.\n")


def test_the_schema_describes_each_variable() -> None:
    schema = to_json_schema(Settings, "Settings of a test")
    properties = schema["properties"]
    request_timeout = Settings.groups()["http_server"].declared()["request_timeout_ms"]
    # Each address and each secret may stand in a file too.
    assert len(properties) == len(Settings.declared()) + 3
    assert properties["HTTP_REQUEST_TIMEOUT"] == {
        "type": "string",
        "pattern": "^(0|[1-9][0-9]{0,14})(ms|s|m|h)$",
        "x-minimum": "1s",
        "x-maximum": "5m",
        "description": request_timeout.reason,
        "default": "30s",
        "x-setting": "httpServer.requestTimeoutMs",
        "x-expected": "a duration from 1s to 5m, with its unit, such as 30s",
        "x-owner": SERVICE_OWNER,
        "x-expect": request_timeout.expect,
        "x-rollback": request_timeout.rollback,
        "x-unit": "milliseconds",
        "x-source": request_timeout.source,
    }
    assert properties["HTTP_HOST"]["x-defaults"] == {
        "development": "127.0.0.1",
        "test": "127.0.0.1",
    }
    assert properties["HEALTH_TOKEN"]["writeOnly"] is True
    assert properties["HEALTH_TOKEN"]["x-defaults"] == {
        "development": "[secret]",
        "test": "[secret]",
    }
    assert properties["HEALTH_TOKEN_FILE"] == {
        "type": "string",
        "description": "the path of a file that holds HEALTH_TOKEN",
    }
    platforms = ["kubernetes", "postgres-role", "sqlalchemy", "redis-server"]
    assert list(schema["x-platform"]) == platforms
    assert schema["additionalProperties"] is False


def test_every_make_target_of_service_json_exists() -> None:
    makefile, facts = read("Makefile"), json.loads(read("service.json"))
    commands = [*facts["commands"].values(), *(item["command"] for item in facts["checklist"])]
    targets = {found for each in commands for found in re.findall(r"^make ([\w-]+)$", each)}
    assert targets >= {"setup", "migrate", "lint", "test", "integration", "verify"}
    assert all(re.search(rf"^{target}: ## ", makefile, re.MULTILINE) for target in targets)


def every_problem() -> dict[str, Problem]:
    """What each function of problems.py makes, with any arguments."""
    made = {}
    for name, function in inspect.getmembers(problems, inspect.isfunction):
        if function.__module__ == problems.__name__:
            given: list[Any] = [["GET"] for _ in inspect.signature(function).parameters]
            made[name] = function(*given)
    return made


def test_the_runbook_explains_each_error_answer_and_no_other() -> None:
    _, _, table = read("RUNBOOK.md").partition("\n## What an error answer means\n")
    rows = re.findall(r"^\| (\d{3}) `(\w+)` \| .+? \| (yes|no) \| .+ \|$", table, re.MULTILINE)
    wanted = [
        (str(each.status), each.code, "yes" if each.retryable else "no")
        for each in every_problem().values()
    ]
    assert len(wanted) > 10
    assert sorted(rows) == sorted(wanted)


@pytest.mark.parametrize("name", ["production", "staging"])
def test_another_reader_finds_the_same_values(name: str) -> None:
    file = parse_env_file(read(f"config/{name}.env"), f"config/{name}.env", "owner")
    assert not file.problems
    read_here = {key: stated.value for key, stated in file.values.items()}
    assert dotenv_values(ROOT / "config" / f"{name}.env") == read_here
