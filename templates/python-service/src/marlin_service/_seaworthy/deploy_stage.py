"""Reads DEPLOY_ENVIRONMENT, which has no default anywhere."""

from collections.abc import Mapping
from typing import cast

from .nearest_name import nearest_name
from .quote_text import quote_text
from .settings_error import SettingProblem
from .stages import STAGES, Stage


def read_stage(environ: Mapping[str, str], owner: str) -> Stage | SettingProblem:
    """Returns the stage the service runs in, or the problem with it."""
    written = environ.get("DEPLOY_ENVIRONMENT")
    if written in STAGES:
        return cast("Stage", written)
    if written is None:
        return _problem(
            "CFG_MISSING", "nothing", None, "nothing tells the service where it runs", owner
        )
    if written == "":
        why = "an empty value is never taken for the default"
        return _problem("CFG_EMPTY", "an empty value", "environment", why, owner)
    near = nearest_name(written, STAGES)
    why = "it is not one of them"
    return _problem("CFG_INVALID", quote_text(written), "environment", why, owner, near)


def _problem(
    code: str, got: str, origin: str | None, why: str, owner: str, near: str | None = None
) -> SettingProblem:
    return SettingProblem(
        name="DEPLOY_ENVIRONMENT",
        label="deployEnvironment",
        code=code,
        got=got,
        origin=origin,
        expected=f"one of {', '.join(STAGES)}",
        why=why,
        fix=f"DEPLOY_ENVIRONMENT={near or 'development'}",
        owner=owner,
    )
