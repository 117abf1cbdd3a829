"""Commands as they are typed: killed, stopped and started again."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from service_process import migrate_for, spawn

ROWS = 60_000
# As the service is started, with another module.
PYTHON = ".venv/bin/python -m"
IMPORT = f"{PYTHON} marlin_service.import_orders"
JOB = f"{PYTHON} marlin_service.run_job"
COUNT = "SELECT count(*) FROM orders"


@pytest.fixture(autouse=True)
def _migrated(tmp_path: Path) -> None:
    migrate_for(tmp_path)


def query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "orders.db", timeout=60)) as connection, connection:
        return connection.execute(sql).fetchall()


def end(process: "subprocess.Popen[str]") -> tuple[int, list[dict[str, Any]], str]:
    output, error = process.communicate(timeout=120)
    return process.returncode, [json.loads(line) for line in output.splitlines()], error


def long_file(folder: Path) -> Path:
    path = folder / "orders.csv"
    rows = "".join(f"A-{number:06},SKU-1,1\n" for number in range(ROWS))
    path.write_text(f"orderNumber,sku,quantity\n{rows}", encoding="utf-8")
    return path


def start_and_wait(folder: Path, path: Path) -> "subprocess.Popen[str]":
    """Starts an import, and comes back when some of it is stored."""
    process = spawn(f"{IMPORT} {path}", folder)
    while process.poll() is None:
        if query(folder, COUNT) != [(0,)]:
            break
        time.sleep(0.01)
    return process


def finished(folder: Path, path: Path) -> None:
    """Imports the file again, to its end."""
    code, [line], error = end(spawn(f"{IMPORT} {path}", folder))
    assert (code, error, line["message"]) == (0, "", "import finished")
    # Had it begun again, the rows from before would be there already.
    assert (line["imported"], line["alreadyThere"], line["refused"]) == (ROWS, 0, 0)
    assert query(folder, COUNT) == [(ROWS,)]


def test_an_import_that_was_killed_goes_on_when_its_lease_is_over(tmp_path: Path) -> None:
    path = long_file(tmp_path)
    process = start_and_wait(tmp_path, path)
    process.kill()
    assert end(process)[0] == -signal.SIGKILL
    code, lines, error = end(spawn(f"{IMPORT} {path}", tmp_path))
    assert (code, lines) == (75, [])
    assert "   code      IMPORT_RUNNING\n" in error
    query(tmp_path, "UPDATE seaworthy_jobs SET lease_until = 1")
    finished(tmp_path, path)


def test_an_import_that_was_stopped_goes_on_at_once(tmp_path: Path) -> None:
    path = long_file(tmp_path)
    process = start_and_wait(tmp_path, path)
    process.send_signal(signal.SIGTERM)
    code, lines, error = end(process)
    assert (code, lines) == (1, [])
    assert "   code      IMPORT_STOPPED\n" in error
    [(stored,)] = query(tmp_path, COUNT)
    assert 0 < stored < ROWS
    finished(tmp_path, path)


def test_a_scheduled_job_runs_once_for_its_slot(tmp_path: Path) -> None:
    name = "daily-order-summary"
    runs = [end(spawn(f"{JOB} {name}", tmp_path)) for _ in range(2)]
    outcomes = [(code, lines[0]["outcome"], error) for code, lines, error in runs]
    # Between the two a new slot may begin.
    assert outcomes[0] == (0, "succeeded", "")
    assert outcomes[1] in ((0, "skipped", ""), (0, "succeeded", ""))
    assert [len(lines) for _, lines, _ in runs] == [1, 1]
    summaries = query(tmp_path, "SELECT count(*) FROM order_summaries")
    assert summaries == [(sum(outcome == "succeeded" for _, outcome, _ in outcomes),)]


def test_the_make_target_names_the_jobs_there_are(tmp_path: Path) -> None:
    code, _, error = end(spawn("make --silent job", tmp_path))
    assert code != 0
    assert "   expected  one of: daily-order-summary\n" in error


ONE_IMPORT = """
import resource, sys
from marlin_service.import_orders import main
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


def test_a_long_file_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    def kibibytes(lines: int) -> int:
        path, url = tmp_path / f"{lines}.csv", f"sqlite:{tmp_path}/{lines}.db"
        migrate_for(tmp_path, DATABASE_URL=url)
        with path.open("w") as file:
            file.write("orderNumber,sku,quantity\n")
            file.writelines(f"A-{lines}-{number},S,1\n" for number in range(lines))
        ended = subprocess.run(
            [sys.executable, "-c", ONE_IMPORT, str(path)],
            cwd=tmp_path,
            env={**os.environ, "DEPLOY_ENVIRONMENT": "test", "DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(ended.stdout)["imported"] == lines
        return int(ended.stderr)

    # Kept in memory, the rows of the longer file alone would take more than 100 MiB.
    assert kibibytes(200_000) < kibibytes(2_000) + 24 * 1024
