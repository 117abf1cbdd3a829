"""Runs shared cases through the Python loader: a JSON document in, a JSON list out.

{"settings": {name: {"kind", "options"}}, "cases": [{"setting", "raw"}]} gives for each case
{"value"} or {"code", "got", "expected", "why", "fix"}, as loading that one variable in production
with that text in the environment does. A raw of null leaves the variable out.

{"loads": [{"env", "files", "groups"}]} gives for each load the list of its problems, or its
described settings. Its files lie in config/ of an empty folder that relative paths begin in.
"""

import importlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

from marlin_service._seaworthy.load_settings import load_settings
from marlin_service._seaworthy.number_text import number_text
from marlin_service._seaworthy.quantity_kinds import Bytes, Count, Duration, Ratio
from marlin_service._seaworthy.setting import Setting
from marlin_service._seaworthy.settings_description import describe_settings
from marlin_service._seaworthy.settings_error import SettingsError
from marlin_service._seaworthy.settings_group import SettingsGroup
from marlin_service._seaworthy.settings_tree import SettingsTree
from marlin_service._seaworthy.text_kinds import Flag, OneOf, SecretText, Text, Url

KINDS: Final[Mapping[str, Callable[..., Setting]]] = {
    "bytes": Bytes,
    "count": Count,
    "duration": Duration,
    "flag": Flag,
    "oneOf": OneOf,
    "ratio": Ratio,
    "secret": SecretText,
    "text": Text,
    "url": Url,
}
NAMES: Final = {
    "min": "minimum",
    "max": "maximum",
    "minLength": "min_length",
    "expected": "description",
}
TEXTS: Final = {"owner": "team", "reason": "r", "expect": "e", "rollback": "b"}
OWNER: Final = "team-a"


def setting_of(kind: str, options: Mapping[str, Any]) -> Setting:
    """Makes a setting from the options that TypeScript takes."""
    local = options.get("in", {})
    stated = {name: value for name, value in options.items() if name not in ("in", *TEXTS)}
    written = {
        name: written_form(value)
        for name, value in {"default": stated.pop("default", None), **local}.items()
        if value is not None
    }
    named = {NAMES.get(name, name): argument(kind, value) for name, value in stated.items()}
    return KINDS[kind](**named, **written, **TEXTS)


def argument(kind: str, value: Any) -> Any:
    """Returns an option as the class takes it."""
    if isinstance(value, list):
        return tuple(value)
    return number_text(value) if kind == "ratio" and isinstance(value, int | float) else value


def written_form(value: Any) -> str:
    """Returns a default in its written form."""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else number_text(value)


def tree_of(groups: Mapping[str, type[SettingsGroup]]) -> type[SettingsTree]:
    """Puts groups together."""
    return type("Tree", (SettingsTree,), {"__module__": __name__, "__annotations__": {**groups}})


def tree_of_one(setting: Setting) -> type[SettingsTree]:
    """Makes a service with one setting."""
    annotations = {"value": Annotated[Any, setting]}
    body = {"__module__": __name__, "__annotations__": annotations, "label": "case"}
    return tree_of({"case": type("Case", (SettingsGroup,), body)})


@cache
def tree_of_shipped(names: tuple[str, ...]) -> type[SettingsTree]:
    """Makes a service with shipped groups."""
    groups = {}
    for name in names:
        field = re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name)
        module = importlib.import_module(f"marlin_service._seaworthy.default_groups.{field}")
        groups[field] = getattr(module, name[0].upper() + name[1:])
    return tree_of(groups)


def run_case(tree: type[SettingsTree], raw: str | None) -> dict[str, object]:
    """Loads one setting from the environment."""
    (declared,) = tree.declared()
    own = {} if raw is None else {declared.setting.variable: raw}
    environ = {"DEPLOY_ENVIRONMENT": "production", **own}
    try:
        loaded = load_settings(tree, owner=OWNER, environ=environ, root=Path.cwd(), files={})
    except SettingsError as error:
        problem = error.problems[0].as_data()
        return {name: problem[name] for name in ("code", "got", "expected", "why", "fix")}
    return {"value": getattr(loaded.settings, declared.group_name).written(declared.field)}


def run_load(load: Mapping[str, Any]) -> dict[str, object] | list[dict[str, object]]:
    """Loads shipped groups from an environment and from files."""
    tree = tree_of_shipped(tuple(load["groups"]))
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in load.get("files", {}).items():
            file = Path(folder, "config", name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        os.chdir(folder)
        try:
            loaded = load_settings(tree, owner=OWNER, environ=load["env"], root=Path(folder))
        except SettingsError as error:
            return [problem.as_data() for problem in error.problems]
        finally:
            os.chdir(before)
    return describe_settings(loaded)


def main() -> None:
    """Reads the document, and prints a result for each case and load."""
    document = json.load(sys.stdin)
    trees = {
        name: tree_of_one(setting_of(**stated))
        for name, stated in document.get("settings", {}).items()
    }
    cases = [run_case(trees[each["setting"]], each["raw"]) for each in document.get("cases", [])]
    loads = [run_load(load) for load in document.get("loads", [])]
    json.dump([*cases, *loads], sys.stdout)


if __name__ == "__main__":
    main()
