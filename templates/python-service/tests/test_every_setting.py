"""Every variable does something: with another value, what the program builds is another."""

from collections.abc import Callable
from pathlib import Path

import pytest

from marlin_service.cache.entry_lifetime import order_lifetime
from marlin_service.cache.redis_order_cache import RedisOrderCache
from marlin_service.settings import Settings

from shown_effects import (
    checks_in_a_minute,
    connections,
    database_calls_a_minute_later,
    database_files,
    free_port,
    history_files,
    is_field_logged,
    is_replayed_two_hours_later,
    is_token_known,
    logged_at,
    pause_before,
    refused_by_a_rule,
    seconds_of_a_command,
    seconds_to_answer,
    seconds_to_arrive,
    seconds_to_connect,
    seconds_without,
    status_after_one_failure,
    status_of_a_large_body,
    time_out_of_a_check,
    tries_of_a_command,
)
from started_program import Started, started

PORT = free_port()

# Another value for each variable, what shows it, and what that shows before and after.
EFFECTS: dict[str, tuple[str, Callable[[Started], object], object, object]] = {
    "HTTP_HOST": ("0.0.0.0", lambda it: it.address[0], "127.0.0.1", "0.0.0.0"),
    "HTTP_PORT": (str(PORT), lambda it: it.address[1] == PORT, False, True),
    "HTTP_REQUEST_TIMEOUT": ("40s", seconds_to_arrive, 30, 40),
    "HTTP_KEEP_ALIVE_TIMEOUT": ("80s", lambda it: it.config.timeout_keep_alive, 72, 80),
    "HTTP_BALANCER_IDLE_TIMEOUT": (
        "100s",
        refused_by_a_rule("HTTP_BALANCER_IDLE_TIMEOUT"),
        False,
        True,
    ),
    "HTTP_HANDLER_TIMEOUT": ("20s", seconds_to_answer, 25, 20),
    "HTTP_DRAIN_TIMEOUT": ("20s", lambda it: it.config.timeout_graceful_shutdown, 30, 20),
    "HTTP_MAX_HEADER_SIZE": (
        "32KiB",
        lambda it: it.config.h11_max_incomplete_event_size,
        16_384,
        32_768,
    ),
    "HTTP_BODY_LIMIT": ("2MiB", status_of_a_large_body, 413, 400),
    "HTTP_TRUSTED_PROXIES": (
        "10.0.0.0/8",
        lambda it: (it.config.proxy_headers, it.config.forwarded_allow_ips),
        (False, []),
        (True, ["10.0.0.0/8"]),
    ),
    "LOG_LEVEL": ("warn", logged_at("info"), True, False),
    "LOG_REDACT_KEYS": ("iban", is_field_logged, True, False),
    "HEALTH_CHECK_TIMEOUT": ("600ms", time_out_of_a_check, "500", "600"),
    "HEALTH_CHECK_INTERVAL": ("20s", checks_in_a_minute, 12, 3),
    "HEALTH_CHECK_FAIL_AFTER": ("1", status_after_one_failure, "pass", "warn"),
    "DATABASE_POOL_MAX": ("9", connections, 10, 9),
    "DATABASE_INSTANCES": ("40", refused_by_a_rule("DATABASE_INSTANCES"), False, True),
    "DATABASE_MAX_CONNECTIONS": ("30", refused_by_a_rule("MAX_CONNECTIONS"), False, True),
    "DATABASE_POOL_WAIT_TIMEOUT": ("2s", seconds_without(lends=False), 3, 2),
    "DATABASE_QUERY_TIMEOUT": ("18s", seconds_without(lends=True), 17, 18),
    "CACHE_TTL_JITTER": (
        "0.2",
        lambda it: order_lifetime(it.settings, draw=lambda: 1.0)(),
        330_000,
        360_000,
    ),
    "CACHE_CONNECT_TIMEOUT": ("3s", seconds_to_connect, 2, 3),
    "CACHE_COMMAND_TIMEOUT": ("600ms", seconds_of_a_command, 0.5, 0.6),
    "CACHE_MAX_RETRIES": ("2", tries_of_a_command, 1, 2),
    "CACHE_RECONNECT_BASE": ("60ms", pause_before(2, drawn=0), 0.1, 0.12),
    "CACHE_RECONNECT_CAP": ("4s", pause_before(30, drawn=0), 5, 4),
    "CACHE_RECONNECT_JITTER": ("300ms", pause_before(1, drawn=1), 0.25, 0.35),
    "DATABASE_URL": ("sqlite:other.db", database_files, ["test.db"], ["other.db"]),
    "CACHE_URL": (
        "redis://127.0.0.1:9",
        lambda it: isinstance(it.application.cache, RedisOrderCache),
        False,
        True,
    ),
    "IDEMPOTENCY_KEY_TTL": ("1h", is_replayed_two_hours_later, "true", None),
    "HEALTH_TOKEN": ("another-health-token", is_token_known, False, True),
    "HEALTH_HISTORY_PATH": (
        "other.ndjson",
        history_files,
        ["test-health-history.ndjson"],
        ["other.ndjson"],
    ),
    "RELEASE_ID": (
        "v7",
        lambda it: it.client.get("/orders").headers["x-release"],
        "unreleased",
        "v7",
    ),
    "ORDER_CACHE_TTL": ("50s", database_calls_a_minute_later, "db;desc=0", "db;desc=1"),
}


@pytest.mark.parametrize("variable", [each.setting.variable for each in Settings.declared()])
def test_another_value_changes_something(
    variable: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert variable in EFFECTS, "it needs a line in the table"
    value, shown, before, after = EFFECTS[variable]
    # Nothing connects to it here.
    is_of_redis = variable.startswith("CACHE_") and variable != "CACHE_URL"
    others = {"CACHE_URL": "redis://127.0.0.1:9"} if is_of_redis else {}
    with started(tmp_path / "before", capsys, **others) as program_before:
        assert shown(program_before) == before
    with started(tmp_path / "after", capsys, **others, **{variable: value}) as program_after:
        assert shown(program_after) == after
    assert before != after


def test_the_table_names_nothing_else() -> None:
    assert list(EFFECTS) == [each.setting.variable for each in Settings.declared()]
