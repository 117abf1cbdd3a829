"""One entry of a shared cache is cleared by its key; anything else is refused."""

import pytest

from marlin_service import clear_cache
from marlin_service.clear_cache import main


@pytest.fixture(autouse=True)
def _environment(command_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clear_cache, "start_log", lambda *_: None)


@pytest.mark.parametrize(
    ("arguments", "got"),
    [
        ([], "nothing"),
        ([""], "nothing"),
        (["A-1001"], "A-1001"),
        (["orders:*"], "orders:*"),
        (["orders:A-1001", "orders:A-1002"], "orders:A-1001 orders:A-1002"),
    ],
)
def test_another_key_is_a_mistake_of_usage(
    capsys: pytest.CaptureFixture[str], arguments: list[str], got: str
) -> None:
    assert main(arguments) == 64
    assert capsys.readouterr().err == (
        "CacheError: no cache key was named. Nothing was cleared.\n"
        "   code      CACHE_KEY_INVALID\n"
        f"   got       {got}\n"
        "   expected  orders: and an order number\n"
        "   fix       make cache-clear KEY=orders:A-1001\n"
        "   retry     no: name a key first\n"
        "   owner     marlin-team\n"
    )


def test_a_cache_in_memory_cannot_be_cleared_from_outside(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["orders:B-200"]) == 1
    error = capsys.readouterr().err
    head = "CacheError: each process has a cache of its own. Nothing was cleared.\n"
    assert f"{head}   code      CACHE_IN_PROCESS\n   got       CACHE_URL=memory:\n" in error
    assert "GET /orders/B-200 with Cache-Control: no-cache" in error


def test_without_a_stage_it_is_a_settings_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEPLOY_ENVIRONMENT")
    assert main(["orders:A-1001"]) == 78
    assert "1. DEPLOY_ENVIRONMENT" in capsys.readouterr().err
