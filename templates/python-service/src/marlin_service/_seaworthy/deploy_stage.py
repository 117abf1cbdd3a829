"""Reads DEPLOY_ENVIRONMENT, which has no default anywhere."""

from collections.abc import Mapping
from typing import Any, Final, cast

from .nearest_name import misspelt_name, nearest_name
from .quote_text import quote_text
from .settings_error import SettingProblem
from .stages import STAGES, Stage

_NAME: Final = "DEPLOY_ENVIRONMENT"


def read_stage(environ: Mapping[str, str], owner: str) -> Stage | SettingProblem:
    """Returns the stage the service runs in, or the problem with it."""
    written = environ.get(_NAME)
    if written in STAGES:
        return cast("Stage", written)
    if written is None:
        return _missing(environ, owner)
    if written == "":
        why = "an empty value is never taken for the default"
        return _problem(
            owner, code="CFG_EMPTY", got="an empty value", origin="environment", why=why
        )
    near = nearest_name(written, STAGES)
    facts = {} if near is None else {"fix": f"{_NAME}={near}"}
    return _problem(
        owner,
        code="CFG_INVALID",
        got=quote_text(written),
        origin="environment",
        why="it is not one of them",
        **facts,
    )


def _missing(environ: Mapping[str, str], owner: str) -> SettingProblem:
    typed = next((name for name in environ if misspelt_name(name, [_NAME]) is not None), None)
    if typed is None:
        why = "nothing tells the service where it runs"
        return _problem(owner, code="CFG_MISSING", got="nothing", why=why)
    return _problem(
        owner,
        code="CFG_MISSING",
        got="nothing",
        why=f"{typed} is set, and nothing reads it",
        fix=f"rename {typed} to {_NAME}",
    )


def _problem(owner: str, **facts: Any) -> SettingProblem:
    common = {
        "name": _NAME,
        "label": "deployEnvironment",
        "expected": f"one of {', '.join(STAGES)}",
        # No stage is proposed: followed on a production host, it would start with the defaults of
        # a workstation.
        "fix": f"set {_NAME} to where this runs",
        "owner": owner,
    }
    return SettingProblem(**common | facts)
