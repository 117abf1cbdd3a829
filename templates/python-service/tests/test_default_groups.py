"""The shipped groups load with their defaults, alone and together."""

from pathlib import Path

import pytest

from marlin_service._seaworthy.default_groups.cache import Cache
from marlin_service._seaworthy.default_groups.health import Health
from marlin_service._seaworthy.default_groups.http_client import (
    HttpClient,
)
from marlin_service._seaworthy.default_groups.http_server import (
    HttpServer,
)
from marlin_service._seaworthy.default_groups.jobs import Jobs
from marlin_service._seaworthy.default_groups.logging import Logging
from marlin_service._seaworthy.default_groups.postgres import Postgres
from marlin_service._seaworthy.default_groups.rollout import Rollout
from marlin_service._seaworthy.default_groups.uvicorn import Uvicorn
from marlin_service._seaworthy.load_settings import load_settings
from marlin_service._seaworthy.settings_error import SettingsError
from marlin_service._seaworthy.settings_schema import to_json_schema
from marlin_service._seaworthy.settings_tree import SettingsTree
from marlin_service._seaworthy.stages import STAGES


class All(SettingsTree):
    cache: Cache
    health: Health
    http_client: HttpClient
    http_server: HttpServer
    jobs: Jobs
    logging: Logging
    postgres: Postgres
    rollout: Rollout
    uvicorn: Uvicorn


def load(root: Path, stage: str, **environ: str) -> All:
    own = {"DEPLOY_ENVIRONMENT": stage, **environ}
    return load_settings(All, owner="team", environ=own, root=root, files={}).settings


@pytest.mark.parametrize("stage", STAGES)
def test_their_defaults_keep_their_rules_in_every_stage(tmp_path: Path, stage: str) -> None:
    settings = load(tmp_path, stage)
    assert settings.postgres.pool_max * settings.postgres.instances <= 90
    assert settings.cache.ttl_jitter == 0.1
    assert settings.http_client.jitter == "full"


def test_every_rule_is_checked_when_all_are_there() -> None:
    declared = sum(len(group.rules) for group in All.groups().values())
    assert len(All.rules()) == declared > 10


def test_a_rule_names_all_that_took_part_and_what_a_platform_has(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, "production", DATABASE_POOL_MAX="50", DATABASE_QUERY_TIMEOUT="15s")
    pool, query = caught.value.problems
    assert pool.render(1).startswith(
        "1. DATABASE_INSTANCES + DATABASE_POOL_MAX + DATABASE_MAX_CONNECTIONS  (postgres)"
        "  CFG_RULE\n"
        "   got       4 and 50 and 100  from default and environment and default\n"
    )
    assert query.name == "statement_timeout (postgres-role) + DATABASE_QUERY_TIMEOUT"
    assert (query.got, query.origin) == ("15s and 15s", "default and environment")


def test_a_rule_crosses_groups(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, "test", JOBS_CONCURRENCY="11")
    [problem] = caught.value.problems
    assert (problem.name, problem.label) == ("JOBS_CONCURRENCY + DATABASE_POOL_MAX", "jobs")


def test_what_a_platform_reads_stands_in_the_schema() -> None:
    platform = to_json_schema(All, "All")["x-platform"]
    assert platform["uvicorn"]["--workers"]["default"] == "1"
    assert platform["kubernetes"]["terminationGracePeriodSeconds"]["x-unit"] == "milliseconds"
