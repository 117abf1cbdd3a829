"""A scheduled job runs once for its slot, whoever starts it."""

from datetime import UTC, datetime, timedelta

import pytest

from marlin_service import run_job
from marlin_service._seaworthy.jobs import job
from marlin_service.daily_order_summary import NAME, DailyOrderSummary
from marlin_service.database import CommandDatabase
from marlin_service.run_job import main

from captured_log import LogLines

INSERT = (
    "INSERT INTO orders (order_number, sku, quantity, created_at)"
    " VALUES (:number, 'S', :quantity, :moment)"
)
SUMMARIES = "SELECT day, orders, quantity FROM order_summaries ORDER BY day"


@pytest.fixture(autouse=True)
def _environment(command_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_job, "start_log", lambda *_: None)


def summarise(database: CommandDatabase, at: str) -> object:
    due = DailyOrderSummary(database, datetime.fromisoformat(at))
    store = database.job_store()
    return job(due.run, name=NAME, key=due.key, input=due.input, store=store).outcome


def test_the_day_before_is_summed_up_once(database: CommandDatabase) -> None:
    for number, (quantity, moment) in enumerate(
        [
            (1, "2026-11-21T23:59:59.999Z"),
            (2, "2026-11-22T00:00:00.000Z"),
            (4, "2026-11-22T23:59:59.999Z"),
            (8, "2026-11-23T00:00:00.000Z"),
        ]
    ):
        given = {"number": f"A-{number}", "quantity": quantity, "moment": moment}
        database.execute(INSERT, given)
    assert summarise(database, "2026-11-23T00:15:00Z") == "succeeded"
    assert database.execute(SUMMARIES) == [("2026-11-22", 2, 6)]
    assert summarise(database, "2026-11-23T12:00:00Z") == "skipped"
    assert summarise(database, "2026-11-24T00:13:59Z") == "skipped"
    assert summarise(database, "2026-11-24T00:14:00Z") == "succeeded"
    assert summarise(database, "2026-11-30T06:00:00Z") == "succeeded"
    assert database.execute(SUMMARIES) == [
        ("2026-11-22", 2, 6),
        ("2026-11-23", 1, 8),
        ("2026-11-29", 0, 0),
    ]


def test_the_command_writes_one_line_for_each_outcome(
    database: CommandDatabase, log_lines: LogLines
) -> None:
    before = datetime.now(UTC)
    assert [main([NAME]), main([NAME])] == [0, 0]
    first, second = log_lines()
    assert list(first) == [
        "level",
        "message",
        "job",
        "key",
        "outcome",
        "durationMs",
        "attempt",
        "rows",
        "retryable",
    ]
    assert (first["level"], first["message"], first["job"]) == ("INFO", "job", NAME)
    assert (first["outcome"], second["outcome"]) == ("succeeded", "skipped")
    assert (first["attempt"], first["rows"], first["retryable"]) == (1, 1, False)
    [(day, orders, quantity)] = database.execute(SUMMARIES)
    assert (orders, quantity) == (0, 0)
    # The test may run over midnight, and before a quarter past it the slot is of the day before.
    days = {(before - timedelta(days=ago)).date().isoformat() for ago in (0, 1, 2)}
    assert day in days


def test_a_job_that_runs_elsewhere_is_left_alone(
    database: CommandDatabase, log_lines: LogLines, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([NAME]) == 0
    database.execute(
        "UPDATE seaworthy_jobs SET state = 'running', holder = 'host/1/abcdef',"
        " lease_until = 32503680000000"
    )
    assert main([NAME]) == 75
    line = log_lines()[1]
    assert (line["level"], line["outcome"], line["code"]) == ("WARNING", "skipped", "JOB_RUNNING")
    assert line["retryable"] is True
    error = capsys.readouterr().err
    assert error.startswith("JobError: the job is running elsewhere. This call did nothing.\n")
    assert "held by host/1/abcdef until 3000-01-01T00:00:00.000Z" in error
    assert "   retry     yes: in " in error


def test_a_job_that_fails_says_so_and_can_be_run_again(
    database: CommandDatabase, log_lines: LogLines, capsys: pytest.CaptureFixture[str]
) -> None:
    database.execute("ALTER TABLE orders RENAME TO set_aside")
    assert main([NAME]) == 1
    [line] = log_lines()
    assert (line["level"], line["outcome"], line["code"]) == ("ERROR", "failed", "SQLITE_ERROR")
    assert line["retryable"] is True
    error = capsys.readouterr().err
    head = "JobError: the job broke off. What it committed before is kept.\n"
    said = "   code      JOB_INTERRUPTED\n   got       no such table: orders\n"
    assert error.startswith(f"{head}{said}")
    assert "   retry     yes: " in error
    database.execute("ALTER TABLE set_aside RENAME TO orders")
    assert main([NAME]) == 0
    assert log_lines()[1]["attempt"] == 2


@pytest.mark.parametrize(
    ("arguments", "got"),
    [([], "nothing"), ([""], "nothing"), (["nightly"], "nightly"), ([NAME, "now"], f"{NAME} now")],
)
def test_another_name_is_a_mistake_of_usage(
    capsys: pytest.CaptureFixture[str], arguments: list[str], got: str
) -> None:
    assert main(arguments) == 64
    assert capsys.readouterr().err == (
        "JobError: no scheduled job was named. Nothing was run.\n"
        "   code      JOB_UNKNOWN\n"
        f"   got       {got}\n"
        "   expected  one of: daily-order-summary\n"
        "   fix       make job NAME=daily-order-summary\n"
        "   retry     no: name a job first\n"
        "   owner     marlin-team\n"
    )


def test_without_a_stage_it_is_a_settings_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEPLOY_ENVIRONMENT")
    assert main([NAME]) == 78
    assert "1. DEPLOY_ENVIRONMENT" in capsys.readouterr().err
