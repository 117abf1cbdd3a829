"""A service gives a shipped setting another default only with texts of its own."""

from pathlib import Path
from typing import Annotated, Any, Final

import pytest

from marlin_service._seaworthy.default_groups.http_server import (
    HttpServer,
)
from marlin_service._seaworthy.default_groups.rollout import Rollout
from marlin_service._seaworthy.load_settings import load_settings
from marlin_service._seaworthy.overridden_default import overridden
from marlin_service._seaworthy.settings_page import to_markdown
from marlin_service._seaworthy.settings_tree import SettingsTree

UPLOADS: Final[dict[str, Any]] = {
    "default": "2m",
    "owner": "team-files",
    "reason": "customers upload 50MiB over slow lines",
    "expect": "no upload under two minutes is cut off",
    "rollback": "remove the override and release",
}


class UploadServer(HttpServer):
    """The shipped group with one other default."""

    request_timeout_ms: Annotated[int, overridden(HttpServer, "request_timeout_ms", **UPLOADS)]


class SlowRollout(Rollout):
    """The shipped group with another default for the cluster."""

    platform = Rollout.platform | {
        "min_ready_ms": overridden(Rollout, "min_ready_ms", **UPLOADS),
    }


class Tree(SettingsTree):
    http_server: UploadServer
    rollout: SlowRollout


def test_the_default_is_another_and_all_else_is_shipped(tmp_path: Path) -> None:
    environ = {"DEPLOY_ENVIRONMENT": "test"}
    loaded = load_settings(Tree, owner="team", environ=environ, root=tmp_path)
    assert isinstance(loaded.settings.http_server, HttpServer)
    assert loaded.settings.http_server.request_timeout_ms == 120_000
    assert loaded.settings.http_server.host == "127.0.0.1"
    assert loaded.origins["HTTP_REQUEST_TIMEOUT"] == "default"
    assert list(UploadServer.declared()) == list(HttpServer.declared())
    assert UploadServer.rules == HttpServer.rules


def test_its_own_texts_stand_in_the_documents() -> None:
    page = to_markdown(Tree, "Settings")
    _, row = page.split("| requestTimeoutMs |")
    assert row.partition("\n")[0] == (
        " `HTTP_REQUEST_TIMEOUT` | 2m | a duration from 1s to 5m, with its unit, such as 30s"
        " | customers upload 50MiB over slow lines | no upload under two minutes is cut off"
        " | remove the override and release | team-files |"
    )
    assert "| minReadyMs | `minReadySeconds` (kubernetes) | 2m |" in page


@pytest.mark.parametrize("missing", ["owner", "reason", "expect", "rollback"])
def test_a_missing_text_is_a_type_error(missing: str) -> None:
    texts = {name: text for name, text in UPLOADS.items() if name != missing}
    with pytest.raises(TypeError, match=missing):
        overridden(HttpServer, "request_timeout_ms", **texts)


def test_a_default_that_the_shipped_limits_refuse_is_a_type_error() -> None:
    setting = overridden(HttpServer, "request_timeout_ms", **UPLOADS | {"default": "10m"})
    with pytest.raises(TypeError, match="10m is outside 1s to 5m"):

        class Wrong(HttpServer):
            request_timeout_ms: Annotated[int, setting]


def test_a_field_that_is_not_declared_is_a_type_error() -> None:
    with pytest.raises(TypeError, match=r"httpServer\.timeOutMs: it is not declared"):
        overridden(HttpServer, "time_out_ms", **UPLOADS)


def test_a_stage_has_no_default_of_its_own_any_more() -> None:
    host = overridden(HttpServer, "host", **UPLOADS | {"default": "10.0.0.1"})
    assert {host.default_in(stage) for stage in ("test", "development", "staging")} == {"10.0.0.1"}
