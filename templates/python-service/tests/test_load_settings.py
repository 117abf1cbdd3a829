"""Loading: what wins over what, and every problem at once with its exact text.

Over 300 lines: the texts are compared as a whole, beside the settings that they come from.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from marlin_service._seaworthy.load_settings import load_settings
from marlin_service._seaworthy.settings_error import (
    SettingProblem,
    SettingsError,
)
from marlin_service.settings import Settings

TOKEN = "a-token-of-24-characters"
DECLARED = len(Settings.declared())
Problems = Callable[..., list[SettingProblem]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    write(tmp_path, production="DATABASE_URL=sqlite:var/production.db\n")
    write(tmp_path, staging="DATABASE_URL=sqlite:var/staging.db\n")
    return tmp_path


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        (root / "config" / f"{name}.env").write_text(text, encoding="utf-8")


def refused(root: Path, **environ: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        Settings.load({"CACHE_URL": "memory:", **environ}, root)
    return caught.value


def only_problem(root: Path, stage: str = "test", **environ: str) -> SettingProblem:
    [problem] = refused(root, DEPLOY_ENVIRONMENT=stage, **environ).problems
    return problem


def origins(root: Path, **environ: str) -> dict[str, str]:
    loaded = load_settings(Settings, owner="team", environ=environ, root=root)
    return dict(loaded.origins)


def test_development_and_test_read_no_file(tmp_path: Path) -> None:
    settings = Settings.load({"DEPLOY_ENVIRONMENT": "development"}, tmp_path)
    assert settings.deploy_environment == "development"
    assert settings.http_server.host == "127.0.0.1"
    assert str(settings.service.database_url) == "sqlite:var/development.db"
    assert settings.http_server.request_timeout_ms == 30_000


def test_the_environment_wins_over_staging_over_production_over_defaults(root: Path) -> None:
    write(
        root,
        production="HTTP_PORT=1\nORDER_CACHE_TTL=1m\nLOG_LEVEL=warn\n",
        staging="# why\nDATABASE_URL=sqlite:s.db\nORDER_CACHE_TTL=2m\nLOG_LEVEL=error\n",
    )
    environ = {"DEPLOY_ENVIRONMENT": "staging", "HEALTH_TOKEN": TOKEN, "LOG_LEVEL": "debug"}
    environ["CACHE_URL"] = "memory:"
    settings = Settings.load(environ, root)
    assert settings.http_server.port == 1
    assert settings.service.order_cache_ttl_ms == 120_000
    assert settings.logging.level == "debug"
    assert settings.http_server.host == "0.0.0.0"
    found = origins(root, **environ)
    assert found["HTTP_HOST"] == "default"
    assert found["HTTP_PORT"] == "file config/production.env:1"
    assert found["ORDER_CACHE_TTL"] == "file config/staging.env:3"
    assert found["LOG_LEVEL"] == "environment"


def test_the_origin_names_a_default_of_its_own_stage(tmp_path: Path) -> None:
    found = origins(tmp_path, DEPLOY_ENVIRONMENT="development")
    assert found["HTTP_HOST"] == "default (development)"
    assert found["HTTP_PORT"] == "default"


def test_staging_inherits_no_url_and_no_secret(root: Path) -> None:
    production = f"DATABASE_URL=sqlite:var/production.db\nHEALTH_TOKEN={TOKEN}\n"
    write(root, production=production, staging="")
    error = refused(root, DEPLOY_ENVIRONMENT="staging")
    names = [(problem.name, problem.code) for problem in error.problems]
    assert names == [("DATABASE_URL", "CFG_MISSING"), ("HEALTH_TOKEN", "CFG_MISSING")]


def test_two_problems_are_said_at_once_in_the_exact_layout(root: Path) -> None:
    error = refused(root, DEPLOY_ENVIRONMENT="production", HTTP_REQUEST_TIMEOUT="5")
    assert str(error) == (
        f"SettingsError: 2 problems in {DECLARED} settings (production)."
        " The service did not start.\n"
        "\n"
        "1. HTTP_REQUEST_TIMEOUT  (httpServer.requestTimeoutMs)  CFG_INVALID\n"
        '   got       "5"  from environment\n'
        "   expected  a duration from 1s to 5m, with its unit, such as 30s\n"
        "   why       it has no unit, so 5ms and 5s cannot be told apart\n"
        "   fix       HTTP_REQUEST_TIMEOUT=5s\n"
        "   retry     no: the same value fails again. Change it, then start again.\n"
        "   owner     marlin-team\n"
        "\n"
        "2. HEALTH_TOKEN  (service.healthToken)  CFG_MISSING\n"
        "   got       nothing\n"
        "   expected  a secret of at least 16 characters\n"
        "   why       it has no default, because each environment states its own\n"
        "   fix       set HEALTH_TOKEN\n"
        "   retry     no: the same value fails again. Change it, then start again.\n"
        "   owner     marlin-team"
    )


WHERE = "set DEPLOY_ENVIRONMENT to where this runs"


@pytest.mark.parametrize(
    ("environ", "code", "got", "why", "fix"),
    [
        ({}, "CFG_MISSING", "nothing", "nothing tells the service where it runs", WHERE),
        (
            {"DEPLOY_ENVIROMENT": "production"},
            "CFG_MISSING",
            "nothing",
            "DEPLOY_ENVIROMENT is set, and nothing reads it",
            "rename DEPLOY_ENVIROMENT to DEPLOY_ENVIRONMENT",
        ),
        (
            {"DEPLOY_ENVIRONMENT": ""},
            "CFG_EMPTY",
            "an empty value",
            "an empty value is never taken for the default",
            WHERE,
        ),
        (
            {"DEPLOY_ENVIRONMENT": "prod"},
            "CFG_INVALID",
            '"prod"',
            "it is not one of them",
            "DEPLOY_ENVIRONMENT=production",
        ),
        ({"DEPLOY_ENVIRONMENT": "qa"}, "CFG_INVALID", '"qa"', "it is not one of them", WHERE),
    ],
)
def test_a_stage_that_is_not_named_is_refused_and_none_is_proposed(
    root: Path, environ: dict[str, str], code: str, got: str, why: str, fix: str
) -> None:
    error = refused(root, **environ)
    [problem] = error.problems
    assert (problem.code, problem.got, problem.why, problem.fix) == (code, got, why, fix)
    assert problem.expected == "one of development, test, staging, production"
    head = f"SettingsError: 1 problem in {DECLARED} settings (no environment). The service did not "
    assert str(error).startswith(
        f"{head}start.\n\n1. DEPLOY_ENVIRONMENT  (deployEnvironment)  {code}\n"
    )


def test_without_a_stage_it_still_says_what_is_wrong_with_the_environment(root: Path) -> None:
    write(root, production="HTTP_BODY_LIMIT=x\n")
    environ = {"HTTP_PORT": "x", "HTTP_HOST": "", "HTTP_PRT": "1", "HTTP_HANDLER_TIMEOUT": "1m"}
    found = [(problem.name, problem.code) for problem in refused(root, **environ).problems]
    assert found == [
        ("DEPLOY_ENVIRONMENT", "CFG_MISSING"),
        ("HTTP_PRT", "CFG_UNKNOWN"),
        ("HTTP_HOST", "CFG_EMPTY"),
        ("HTTP_PORT", "CFG_INVALID"),
    ]


@pytest.mark.parametrize(
    ("name", "value", "code", "got", "fix"),
    [
        ("HTTP_PORT", "", "CFG_EMPTY", "an empty value", "unset HTTP_PORT to use its default 8080"),
        ("DATABASE_URL", "", "CFG_EMPTY", "an empty value", "set DATABASE_URL"),
        ("HTTP_REQUEST_TIMEOUT", "10m", "CFG_RANGE", '"10m"', "HTTP_REQUEST_TIMEOUT=30s"),
        ("HTTP_PORT", "80a", "CFG_INVALID", '"80a"', "HTTP_PORT=8080"),
        ("HTTP_BODY_LIMIT", "5", "CFG_INVALID", '"5"', "HTTP_BODY_LIMIT=5KiB"),
        ("LOG_LEVEL", "warning", "CFG_INVALID", '"warning"', "LOG_LEVEL=warn"),
        ("LOG_LEVEL", "all", "CFG_INVALID", '"all"', "LOG_LEVEL=info"),
        ("HTTP_HOST", "a b", "CFG_INVALID", '"a b"', "HTTP_HOST=127.0.0.1"),
        (
            "DATABASE_URL",
            "mysql://me:pw@h/d",
            "CFG_INVALID",
            '"mysql://***:***@h/d"',
            "set DATABASE_URL to sqlite: and the path of a file without a host or a query, or a URL"
            " that begins with postgres: or postgresql: and names no sslmode but disable, require"
            " or verify-full",
        ),
        (
            "HEALTH_TOKEN",
            "short",
            "CFG_RANGE",
            "a secret (never shown)",
            "set HEALTH_TOKEN to a longer value",
        ),
    ],
)
def test_says_the_fix(root: Path, name: str, value: str, code: str, got: str, fix: str) -> None:
    problem = only_problem(root, **{name: value})
    assert (problem.code, problem.got, problem.fix) == (code, got, fix)
    assert problem.origin == "environment"


def test_a_rule_is_checked_once_its_values_are_valid(root: Path) -> None:
    problem = only_problem(root, HTTP_KEEP_ALIVE_TIMEOUT="60s")
    assert problem.render(1) == (
        "1. HTTP_KEEP_ALIVE_TIMEOUT + HTTP_BALANCER_IDLE_TIMEOUT  (httpServer)  CFG_RULE\n"
        "   got       1m and 1m  from environment and default\n"
        "   expected  keepAliveTimeout longer than balancerIdleTimeout\n"
        "   why       each value is valid alone, not together\n"
        "   fix       raise HTTP_KEEP_ALIVE_TIMEOUT at least 5s above HTTP_BALANCER_IDLE_TIMEOUT\n"
        "   retry     no: the same value fails again. Change it, then start again.\n"
        "   owner     marlin-team"
    )
    own = only_problem(root, HTTP_KEEP_ALIVE_TIMEOUT="60s", HTTP_BALANCER_IDLE_TIMEOUT="x")
    assert own.name == "HTTP_BALANCER_IDLE_TIMEOUT"
    others = refused(root, DEPLOY_ENVIRONMENT="test", HTTP_KEEP_ALIVE_TIMEOUT="60s", HTTP_PORT="x")
    assert [each.code for each in others.problems] == ["CFG_INVALID", "CFG_RULE"]
    handler = only_problem(root, HTTP_HANDLER_TIMEOUT="1m")
    assert handler.expected == "handlerTimeout shorter than balancerIdleTimeout"


def test_a_missing_file_is_named(root: Path) -> None:
    (root / "config" / "production.env").unlink()
    problem = only_problem(root, "staging", HEALTH_TOKEN=TOKEN)
    assert (problem.name, problem.code) == ("config/production.env", "CFG_FILE")


@pytest.mark.parametrize(
    "line",
    [
        'HTTP_PORT="80"',
        "HTTP_PORT=80 # note",
        "HTTP_PORT = 80",
        " HTTP_PORT=80",
        "export HTTP_PORT=80",
        "http_port=80",
        "=80",
        "HTTP_PORT",
        "HTTP_PORT=$PORT",
        "HTTP_PORT=8\u00e0",
        "HTTP_PORT=80\r",
    ],
)
def test_a_line_that_loaders_read_differently_is_named_and_not_shown(root: Path, line: str) -> None:
    write(root, staging=f"DATABASE_URL=sqlite:s.db\n{line}\n")
    problem = only_problem(root, "staging", HEALTH_TOKEN=TOKEN)
    assert (problem.name, problem.code) == ("config/staging.env:2", "CFG_FILE")
    assert "80" not in problem.render(1)


def test_a_name_twice_in_one_file_is_refused(root: Path) -> None:
    write(root, staging="DATABASE_URL=sqlite:s.db\n\nDATABASE_URL=sqlite:t.db\n")
    problem = only_problem(root, "staging", HEALTH_TOKEN=TOKEN)
    assert (problem.name, problem.code) == ("config/staging.env:3", "CFG_FILE")
    assert problem.got == "DATABASE_URL a second time"


def test_an_unknown_name_in_a_file_is_refused(root: Path) -> None:
    write(root, staging="DATABASE_URL=sqlite:s.db\nHTTP_REQUST_TIMEOUT=5s\nFOO=1\n")
    error = refused(root, DEPLOY_ENVIRONMENT="staging", HEALTH_TOKEN=TOKEN)
    near, far = error.problems
    assert near.render(1) == (
        "1. HTTP_REQUST_TIMEOUT  CFG_UNKNOWN\n"
        "   got       a name that no setting declares  from file config/staging.env:2\n"
        "   expected  a declared name\n"
        "   why       did you mean HTTP_REQUEST_TIMEOUT?\n"
        "   fix       rename it to HTTP_REQUEST_TIMEOUT\n"
        "   retry     no: the same value fails again. Change it, then start again.\n"
        "   owner     marlin-team"
    )
    assert (far.name, far.why, far.fix) == ("FOO", "nothing reads it", "remove it")


def test_a_near_miss_in_the_environment_is_accused(root: Path) -> None:
    problem = only_problem(root, HTTP_POTR="80")
    assert (problem.code, problem.fix) == ("CFG_UNKNOWN", "rename it to HTTP_PORT")
    assert problem.origin == "environment"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTP_PROXY", "http://proxy:3128"),
        ("HTTPS_PORT", "443"),
        ("HTTPS_HOST", "h"),
        ("CACHE_URL", "memory:"),
        ("HTTP_POST", "tcp://10.0.0.1:80"),
        ("HTTP_POST", "sctp://10.0.0.1:80"),
        ("HTTP_SERVICE_PORT", "80"),
        ("HTTP_PORT", "tcp://10.0.0.1:80"),
        ("HTTP_PORT", "udp://[fd00::1]:53"),
        ("HTTP_SOMETHING", "1"),
    ],
)
def test_names_of_others_are_left_alone(root: Path, name: str, value: str) -> None:
    settings = Settings.load({"DEPLOY_ENVIRONMENT": "test", name: value}, root)
    assert settings.http_server.port == 8080


@pytest.mark.parametrize("value", ["tcp://10.0.0.1:80/", "tcp://store:80", "http://10.0.0.1:80"])
def test_what_kubernetes_would_not_write_is_a_value(root: Path, value: str) -> None:
    problem = only_problem(root, HTTP_PORT=value)
    assert (problem.code, problem.got) == ("CFG_INVALID", f'"{value}"')
