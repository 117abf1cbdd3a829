"""What stops a start: one message on standard error, nothing on standard output."""

import socket
import subprocess
from pathlib import Path

import pytest

from marlin_service.settings import Settings

from service_process import (
    COMMANDS,
    ROOT,
    migrate_for,
    running,
    spawn,
    start,
)


def failed(process: "subprocess.Popen[str]") -> tuple[int, str]:
    output, error = process.communicate(timeout=20)
    assert output == ""
    return process.returncode, error


def test_a_wrong_setting_is_said_and_exits_78(tmp_path: Path) -> None:
    code, error = failed(start(tmp_path, HTTP_REQUEST_TIMEOUT="5", HEALTH_TOKEN="hunter2"))
    assert code == 78
    count = len(Settings.declared())
    assert error.startswith(f"SettingsError: 2 problems in {count} settings (test).")
    assert error.endswith("owner     marlin-team\n")
    assert "hunter2" not in error


@pytest.mark.parametrize("folder", ["missing/deep", ""])
def test_a_port_in_use_exits_1(tmp_path: Path, folder: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        migrate_for(tmp_path / folder)
        code, error = failed(start(tmp_path / folder, HTTP_PORT=str(port)))
    assert code == 1
    assert error.startswith("StartError: the port is in use. The service did not start.\n")
    assert f"   got       127.0.0.1:{port}\n" in error


def test_a_database_below_a_file_exits_1(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, error = failed(start(tmp_path, DATABASE_URL=f"sqlite:{tmp_path}/file/orders.db"))
    assert code == 1
    assert "   code      START_DATABASE_UNUSABLE\n" in error


@pytest.mark.parametrize(
    "command",
    [COMMANDS["start"], "make -s import FILE=README.md", "make -s job NAME=daily-order-summary"],
)
def test_nothing_starts_while_a_migration_is_pending(tmp_path: Path, command: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("orderNumber,sku,quantity\n", encoding="utf-8")
    _, error = failed(spawn(command.replace("README.md", str(path)), tmp_path))
    assert error.startswith("StartError: migrations are pending. The service did not start.\n")
    assert "   code      START_MIGRATION_PENDING\n" in error
    assert "   got       0001, 0002, 0003, 0004 not applied\n" in error


def test_the_migrations_are_a_step_of_their_own(tmp_path: Path) -> None:
    runs = [spawn(COMMANDS["migrate"], tmp_path) for _ in range(3)]
    applied = 0
    for process in runs:
        output, error = process.communicate(timeout=60)
        assert (process.returncode, error) == (0, "")
        applied += output.count('"message":"migration applied"')
        assert '"message":"migrations applied"' in output.splitlines()[-1]
    assert applied == 4
    with running(tmp_path) as service:
        assert service.request("GET", "/orders")[0] == 200


def test_the_settings_command_loads_staging(tmp_path: Path) -> None:
    environ = {"DEPLOY_ENVIRONMENT": "staging", "HEALTH_TOKEN": "stand-in-for-a-test"}
    process = spawn(COMMANDS["settings"], tmp_path, **environ)
    output, error = process.communicate(timeout=20)
    assert (process.returncode, error) == (0, "")
    assert '"environment": "staging"' in output


def test_an_import_is_a_process_too(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("orderNumber,sku,quantity\nA-1001,SKU-1,2\nA-1002,SKU-1,x\n", encoding="utf-8")
    migrate_for(tmp_path)
    process = spawn(f"make -s import FILE={path}", tmp_path)
    output, _ = process.communicate(timeout=20)
    refused, finished = output.splitlines()
    assert '"line":3' in refused
    assert '"imported":1,"alreadyThere":0,"refused":1' in finished
    assert process.returncode != 0
    assert (ROOT / "service.json").is_file()
