"""The settings command: what it prints, where, and with which exit code."""

import json
from pathlib import Path
from typing import Any

import pytest

from marlin_service._seaworthy.settings_command import SettingsCommand
from marlin_service.service import SERVICE_NAME, SERVICE_OWNER
from marlin_service.settings import Settings

from service_process import COMMANDS, ROOT, spawn

USAGE = "settings: expected nothing, docs, env [production|staging], schema, or verify ENVIRONMENT"
STAGES = "development, test, staging, production"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    write(tmp_path, production="DATABASE_URL=sqlite:p.db\n", staging="DATABASE_URL=sqlite:s.db\n")
    return tmp_path


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        (root / "config" / f"{name}.env").write_text(text, encoding="utf-8")


def run(root: Path, *arguments: str) -> int:
    command = SettingsCommand(Settings, service=SERVICE_NAME, owner=SERVICE_OWNER, root=root)
    return command.run(arguments)


def test_without_argument_it_prints_the_loaded_settings(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPLOY_ENVIRONMENT", "test")
    assert run(root) == 0
    output = capsys.readouterr().out
    document = json.loads(output)
    assert output.startswith('{\n  "environment": "test",\n  "settings": {\n    "HTTP_HOST": {')
    assert output.endswith("}\n")
    port = {"setting": "httpServer.port", "value": "8080", "origin": "default"}
    assert document["settings"]["HTTP_PORT"] == port
    assert document["settings"]["HEALTH_TOKEN"]["value"] == "[secret]"
    assert len(document["settings"]) == len(Settings.declared())


def test_a_refused_environment_is_said_on_standard_error_alone(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEPLOY_ENVIRONMENT", raising=False)
    assert run(root) == 78
    output = capsys.readouterr()
    assert output.out == ""
    count = len(Settings.declared())
    head = f"SettingsError: 1 problem in {count} settings (no environment)."
    assert output.err.startswith(head)
    assert output.err.endswith("owner     marlin-team\n")


def verified(
    root: Path, capsys: pytest.CaptureFixture[str], stage: str
) -> tuple[int, dict[str, Any], str]:
    code = run(root, "verify", stage)
    output = capsys.readouterr()
    return code, json.loads(output.out), output.err


def test_verify_needs_nothing_of_the_environment(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PORT", "none")
    (root / "0001.md").touch()
    write(
        root,
        production="# Change: 0001.md\nHTTP_PORT=9\n",
        staging="# Differs: é\nDATABASE_URL=sqlite:s.db\n",
    )
    code, report, error = verified(root, capsys, "staging")
    assert (code, report["problems"], error) == (0, [], "")
    assert list(report) == ["environment", "settings", "problems"]
    settings = report["settings"]
    assert settings["HTTP_PORT"] == {
        "setting": "httpServer.port",
        "value": "9",
        "origin": "file config/production.env:2",
        "why": "0001.md",
    }
    assert settings["DATABASE_URL"]["why"] == "é"
    assert settings["HEALTH_TOKEN"] == {
        "setting": "service.healthToken",
        "value": "unknown",
        "origin": "from the environment at start",
    }
    assert "why" not in settings["LOG_LEVEL"]


def test_verify_says_what_is_wrong_and_what_nobody_wrote_down(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        root, production="LOG_LEVEL=loud\n# Change: gone.md\nHTTP_PORT=9\nDATABASE_URL=sqlite:p\n"
    )
    code, report, error = verified(root, capsys, "staging")
    assert code == 78
    said = f"5 problems in {len(Settings.declared())} settings (staging)"
    head = f"SettingsError: {said}. The configuration was refused.\n\n1. "
    assert error.startswith(head)
    found = [(each["name"], each["code"], each["why"]) for each in report["problems"]]
    assert found == [
        ("LOG_LEVEL", "CFG_INVALID", "it is not one of them"),
        ("LOG_LEVEL", "CFG_UNDOCUMENTED", "no record says why it was changed"),
        ("HTTP_PORT", "CFG_UNDOCUMENTED", "the record it names is no file of this service"),
        ("DATABASE_URL", "CFG_UNDOCUMENTED", "no record says why it was changed"),
        ("DATABASE_URL", "CFG_UNDOCUMENTED", "nothing says why staging differs"),
    ]
    assert report["settings"]["LOG_LEVEL"]["origin"] == "none"
    assert report["problems"][-1] == {
        "code": "CFG_UNDOCUMENTED",
        "name": "DATABASE_URL",
        "got": "a live line",
        "from": "file config/staging.env:1",
        "expected": 'a line "# Differs: why" above it',
        "why": "nothing says why staging differs",
        "fix": 'put "# Differs: why" directly above DATABASE_URL',
        "retryable": False,
        "owner": "marlin-team",
    }
    assert report["problems"][1]["expected"] == (
        'a line "# Change: …" above it that names a record'
    )
    assert report["problems"][1]["fix"] == (
        'write the record, and put "# Change: docs/changes/NNNN-what.md" directly above LOG_LEVEL'
    )


def test_a_default_of_one_stage_says_why(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, report, _ = verified(root, capsys, "development")
    host = report["settings"]["HTTP_HOST"]
    assert (code, host["origin"]) == (0, "default (development)")
    assert host["why"] == Settings.groups()["http_server"].declared()["host"].reason


@pytest.mark.parametrize("arguments", [["verify"], ["verify", "prod"]])
def test_verify_needs_a_stage(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run(root, *arguments) == 64
    output = capsys.readouterr()
    assert (output.out, output.err) == ("", f"settings: expected verify and one of {STAGES}\n")


@pytest.mark.parametrize(
    "arguments", [["doc"], ["docs", "x"], ["env", "test"], ["verify", "staging", "x"], ["--help"]]
)
def test_anything_else_is_a_mistake_of_usage(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run(root, *arguments) == 64
    output = capsys.readouterr()
    assert (output.out, output.err) == ("", f"{USAGE}\n")


def test_the_first_file_is_written_without_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "env", "staging") == 0
    assert capsys.readouterr().out == (
        f"# Staging settings of {SERVICE_NAME}: only what differs from config/production.env,"
        " each line with why.\n"
    )
    assert run(tmp_path, "env") == 0
    assert "\n# HTTP_PORT=8080\n" in capsys.readouterr().out


def test_the_schema_is_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "schema") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["title"] == f"Settings of {SERVICE_NAME}"


def test_it_prints_the_same_bytes_in_any_language(tmp_path: Path) -> None:
    environ = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    process = spawn(f"{COMMANDS['settings']} verify staging", tmp_path, **environ)
    output, error = process.communicate(timeout=20)
    assert (process.returncode, error) == (0, "")
    assert json.loads(output)["environment"] == "staging"


def test_a_file_that_the_shell_emptied_is_not_taken_for_the_present_one(root: Path) -> None:
    script = f"cd {root} && {{}} env > config/production.env"
    command = COMMANDS["settings"].replace(".venv", str(ROOT / ".venv"))
    process = spawn(f"sh -c '{script.format(command)}'", root)
    _, error = process.communicate(timeout=20)
    assert process.returncode == 64
    assert error.startswith("settings: production.env was emptied before it could be read:")
