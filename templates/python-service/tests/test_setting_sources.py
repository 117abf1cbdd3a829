"""Where a secret may come from, and what is no place for one."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import SecretStr

from marlin_service._seaworthy.load_settings import load_settings
from marlin_service._seaworthy.redacted_url import RedactedUrl
from marlin_service._seaworthy.settings_error import (
    SettingProblem,
    SettingsError,
)
from marlin_service._seaworthy.settings_group import SettingsGroup
from marlin_service._seaworthy.settings_tree import SettingsTree
from marlin_service._seaworthy.text_kinds import (
    SecretText,
    Text,
    Url,
)

from setting_texts import TEXTS

TOKEN = "a-token-of-24-characters"
RETRY = "yes: a secret store may write it a little later. Start again in 10s; after five tries"


class App(SettingsGroup):
    label = "app"

    token: Annotated[SecretStr, SecretText(env="APP_TOKEN", min_length=16, **TEXTS)]
    store: Annotated[
        RedactedUrl,
        Url(env="APP_STORE", protocols=("sqlite:",), test="sqlite:t.db", **TEXTS),
    ]
    mode: Annotated[str, Text(env="APP_MODE", default="calm", **TEXTS)]


class Tree(SettingsTree):
    app: App


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    write(tmp_path, production="", staging="")
    return tmp_path


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        (root / "config" / f"{name}.env").write_text(text, encoding="utf-8")


def load(root: Path, stage: str = "test", **environ: str) -> tuple[App, dict[str, str]]:
    own = {"DEPLOY_ENVIRONMENT": stage, **environ}
    loaded = load_settings(Tree, owner="owner", environ=own, root=root)
    return loaded.settings.app, dict(loaded.origins)


def problems(root: Path, stage: str = "test", **environ: str) -> list[SettingProblem]:
    with pytest.raises(SettingsError) as caught:
        load(root, stage, **environ)
    return caught.value.problems


def only_problem(root: Path, stage: str = "test", **environ: str) -> SettingProblem:
    [problem] = problems(root, stage, **environ)
    return problem


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_file_may_hold_a_secret(root: Path, ending: str) -> None:
    file = root / "token"
    file.write_bytes(f"{TOKEN}{ending}".encode())
    app, origins = load(root, APP_TOKEN_FILE=str(file))
    assert app.token.get_secret_value() == TOKEN
    assert origins["APP_TOKEN"] == f"file {file} (APP_TOKEN_FILE)"


def test_a_file_of_ours_may_name_the_file(root: Path) -> None:
    (root / "store").write_text("sqlite:s.db\n", encoding="utf-8")
    write(root, staging=f"# Differs: mounted\nAPP_STORE_FILE={root}/store\n")
    app, origins = load(root, "staging", APP_TOKEN=TOKEN)
    assert app.store.get_secret_value() == "sqlite:s.db"
    assert origins["APP_STORE"] == f"file {root}/store (APP_STORE_FILE)"


def test_the_file_of_production_is_nobody_elses(root: Path) -> None:
    write(root, production=f"APP_TOKEN_FILE={root}/token\nAPP_STORE=sqlite:p.db\n")
    found = problems(root, "staging")
    assert [(each.name, each.code) for each in found] == [
        ("APP_TOKEN", "CFG_MISSING"),
        ("APP_STORE", "CFG_MISSING"),
    ]


def test_a_file_that_is_not_there_yet_is_worth_another_try(root: Path) -> None:
    problem = only_problem(root, APP_TOKEN_FILE=f"{root}/token")
    assert problem.render(1) == (
        "1. APP_TOKEN_FILE  (app.token)  CFG_SOURCE\n"
        f'   got       "{root}/token"  from environment\n'
        "   expected  the path of a readable text file that holds the value\n"
        "   why       it is not there, or this process may not read it\n"
        "   fix       make the file readable, or set APP_TOKEN instead\n"
        f"   retry     {RETRY} ask the owner.\n"
        "   owner     team"
    )
    assert problem.retryable
    assert only_problem(root, APP_TOKEN_FILE="a\0b").retryable


@pytest.mark.parametrize(
    "value",
    [
        "a-secret-by-mistake-0000",
        "/AbC123+secret",
        "/no-folder-at-all",
        "postgres://app:hunter2@db/orders",
        "/no/such/folder/hunter2",
        "/tmp/../tmp/hunter2",
        "/tmp/hunter2\n",
        f"/{'x' * 250}{'/y' * 30}",
        f"/{'x' * 290}/hunter2",
    ],
)
def test_what_is_no_path_in_a_folder_is_never_printed(root: Path, value: str) -> None:
    problem = only_problem(root, APP_TOKEN_FILE=value)
    assert problem.code == "CFG_SOURCE"
    assert problem.got == "a path that is not shown: no such folder"
    assert value.strip() not in problem.render(1)


def test_a_long_path_in_a_folder_is_cut(root: Path) -> None:
    path = f"{root}/{'x' * 300}"
    assert only_problem(root, APP_TOKEN_FILE=path).got == f'"{path[:80]}…"'


def test_a_file_of_the_wrong_sort_stays_wrong(root: Path) -> None:
    (root / "large").write_bytes(b"x" * 65_539)
    (root / "bytes").write_bytes(b"\xff" * 20)
    os.mkfifo(root / "pipe")
    expected = {
        "large": "it is larger than 64KiB",
        "bytes": "it is no UTF-8 text",
        "pipe": "it is no regular file",
        "config": "it is no regular file",
    }
    for name, why in expected.items():
        problem = only_problem(root, APP_TOKEN_FILE=str(root / name))
        assert (problem.code, problem.why, problem.retryable) == ("CFG_SOURCE", why, False)


def test_what_a_file_holds_is_checked_and_never_shown(root: Path) -> None:
    file = root / "token"
    for text, code in [("hunter2", "CFG_RANGE"), ("\n", "CFG_EMPTY"), (f"{TOKEN}\n\n", None)]:
        file.write_text(text, encoding="utf-8")
        problem = only_problem(root, APP_TOKEN_FILE=str(file))
        assert problem.code == (code or "CFG_INVALID")
        assert problem.origin == f"file {file} (APP_TOKEN_FILE)"
        assert "hunter2" not in problem.render(1)


def test_an_empty_path_is_refused(root: Path) -> None:
    problem = only_problem(root, APP_TOKEN_FILE="")
    assert (problem.name, problem.code, problem.fix) == (
        "APP_TOKEN_FILE",
        "CFG_EMPTY",
        "set APP_TOKEN_FILE",
    )


def test_a_value_and_its_file_are_one_too_many(root: Path) -> None:
    problem = only_problem(root, APP_TOKEN=TOKEN, APP_TOKEN_FILE="/nowhere")
    assert problem.render(1) == (
        "1. APP_TOKEN  (app.token)  CFG_TWICE\n"
        "   got       APP_TOKEN and APP_TOKEN_FILE  from environment\n"
        "   expected  one of the two\n"
        "   why       nothing says which of the two is meant\n"
        "   fix       unset APP_TOKEN or APP_TOKEN_FILE\n"
        "   retry     no: the same value fails again. Change it, then start again.\n"
        "   owner     team"
    )


def test_the_environment_wins_over_a_file_of_ours(root: Path) -> None:
    write(root, production="APP_TOKEN_FILE=/nowhere\nAPP_STORE=sqlite:p.db\n")
    _, origins = load(root, "production", APP_TOKEN=TOKEN)
    assert origins["APP_TOKEN"] == "environment"


def test_staging_never_uses_what_belongs_to_production(root: Path) -> None:
    write(root, production="APP_STORE=sqlite:p.db\n", staging="APP_STORE=sqlite:p.db\n")
    shared = only_problem(root, "staging", APP_TOKEN=TOKEN)
    assert shared.render(1) == (
        "1. APP_STORE  (app.store)  CFG_SHARED\n"
        '   got       "sqlite:p.db"  from file config/staging.env:1\n'
        "   expected  another value than production has\n"
        "   why       staging would use what belongs to production\n"
        "   fix       set APP_STORE to a value of staging's own, or state it in its file under a"
        ' line "# Shared: why"\n'
        "   retry     no: the same value fails again. Change it, then start again.\n"
        "   owner     team"
    )
    from_environment = only_problem(root, "staging", APP_TOKEN=TOKEN, APP_STORE="sqlite:p.db")
    assert (from_environment.code, from_environment.origin) == ("CFG_SHARED", "environment")
    (root / "store").write_text("sqlite:p.db\n", encoding="utf-8")
    write(root, staging=f"APP_STORE_FILE={root}/store\n")
    from_file = only_problem(root, "staging", APP_TOKEN=TOKEN)
    assert from_file.code == "CFG_SHARED"
    assert from_file.origin == f"file {root}/store (APP_STORE_FILE)"
    write(root, staging="# Shared: a copy that nobody writes to\nAPP_STORE=sqlite:p.db\n")
    assert load(root, "staging", APP_TOKEN=TOKEN)[0].store.get_secret_value() == "sqlite:p.db"


def test_only_what_is_not_inherited_has_a_file(root: Path) -> None:
    assert load(root, APP_TOKEN=TOKEN, APP_MODE_FILE="/nowhere")[0].mode == "calm"
    write(root, production=f"APP_MODE_FILE=x\nAPP_STORE_FILE={root}/store\n")
    (root / "store").write_text("sqlite:s.db", encoding="utf-8")
    problem = only_problem(root, "production", APP_TOKEN=TOKEN)
    assert (problem.name, problem.code) == ("APP_MODE_FILE", "CFG_UNKNOWN")


def test_a_problem_names_the_owner_of_its_setting(root: Path) -> None:
    assert only_problem(root).owner == "team"
    assert only_problem(root, APP_TOKEN=TOKEN, APP_TOKN="x").owner == "owner"


def test_a_misspelt_file_variable_is_accused(root: Path) -> None:
    problem = only_problem(root, APP_TOKEN=TOKEN, APP_TOKN_FILE="x")
    assert (problem.code, problem.fix) == ("CFG_UNKNOWN", "rename it to APP_TOKEN_FILE")


def test_bytes_that_are_no_text_are_shown_like_everywhere() -> None:
    script = (
        "import os, sys; from pathlib import Path\n"
        "from marlin_service.settings import Settings\n"
        "try: Settings.load(os.environ, Path.cwd())\n"
        "except Exception as error: sys.stdout.buffer.write(str(error).encode())\n"
    )
    environ = {
        b"DEPLOY_ENVIRONMENT": b"test",
        b"LOG_LEVEL": b"in\xe2\x82fo",
        b"HEALTH_TOKEN": b"0123456789abcdef\xff",
        b"HTTP_HOST\xff": b"\xff",
    }
    found = subprocess.run(
        [sys.executable, "-c", script], env=environ, stdout=subprocess.PIPE, check=True
    )
    text = found.stdout.decode()
    assert '   got       "in\ufffdfo"  from environment\n' in text
    assert "1. HTTP_HOST\ufffd  CFG_UNKNOWN\n" in text
    assert "   why       it has bytes that are no UTF-8 text\n" in text
    assert text.startswith("SettingsError: 3 problems in ")
