"""Documents written from the declarations: the reference page, the .env file, the JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .load_settings import LoadedSettings, Tree
from .setting import Setting
from .settings_tree import SettingsTree

_COLUMNS: Final = [
    "Setting",
    "Variable",
    "Default",
    "Allowed",
    "Why",
    "Expected result",
    "Way back",
    "Owner",
]

_GENERATED: Final = (
    "Generated from the declarations; a test compares both. Later sources win: the default,"
    " `config/production.env`, on staging `config/staging.env`, the environment."
)
_STAGE: Final = (
    "Each service also reads `DEPLOY_ENVIRONMENT` (development, test, staging or production),"
    " which has no default."
)
_HEADER: Final = (
    "A line that begins with # is a comment: the default holds.\n"
    "# To change one, state it with its change record where the service declares its production"
    " overrides, and write this\n"
    "# file again; then restart one instance and watch. A value edited only here holds too, until"
    " the file is written again."
)


@dataclass(frozen=True, kw_only=True)
class Override:
    """A live line of config/production.env, and the change record that explains it."""

    value: str
    change: str


def to_json(loaded: LoadedSettings[Tree]) -> str:
    """Returns the loaded settings with their origins; no secret is in it."""
    settings = {
        setting.env: {
            "setting": group.label_of(field),
            "value": setting.write(getattr(getattr(loaded.settings, name), field)),
            "origin": loaded.origins[setting.env],
        }
        for name, group in type(loaded.settings).groups().items()
        for field, setting in group.declared().items()
    }
    document = {"environment": loaded.settings.deploy_environment, "settings": settings}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def to_markdown(tree: type[SettingsTree], service_name: str) -> str:
    """Returns docs/defaults.md: a table for each group, and the rules between settings."""
    parts = [f"# Settings of {service_name}", _GENERATED, _STAGE]
    for group in tree.groups().values():
        rows = [_row(group.label_of(field), each) for field, each in group.declared().items()]
        head = [f"| {' | '.join(_COLUMNS)} |", f"|{' --- |' * len(_COLUMNS)}"]
        parts += [f"## {group.label}", "\n".join([*head, *rows])]
        if group.rules:
            rules = [f"- {rule.says}. Otherwise: {rule.fix}." for rule in group.rules]
            parts.append("\n".join(["Rules:", "", *rules]))
    return "\n\n".join(parts) + "\n"


def to_env_file(
    tree: type[SettingsTree], service_name: str, overrides: Mapping[str, Override]
) -> str:
    """Returns config/production.env: every setting, live only where it is overridden."""
    names = {setting.env for setting in tree.declared()}
    if unknown := overrides.keys() - names:
        raise TypeError(f"no setting declares {', '.join(sorted(unknown))}")
    blocks = [f"# Production settings of {service_name}. {_HEADER}"]
    for group in tree.groups().values():
        for field, setting in group.declared().items():
            lines = [
                f"# {group.label_of(field)}: {setting.expected()}",
                f"# Why: {setting.reason}",
                f"# Expected: {setting.expect}",
                f"# Way back: {setting.rollback}",
                f"# Owner: {setting.owner}",
                *_value_lines(setting, overrides.get(setting.env)),
            ]
            blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _value_lines(setting: Setting, override: Override | None) -> list[str]:
    if override is not None:
        setting.read(override.value)
        return [f"# Change: {override.change}", f"{setting.env}={override.value}"]
    if not setting.inherited:
        return [f"# {setting.env} comes from the environment, never from this file"]
    return [f"# {setting.env}={setting.default}"]


def _row(label: str, setting: Setting) -> str:
    source = "" if setting.source is None else f" ([source]({setting.source}))"
    cells = [
        label.partition(".")[2],
        f"`{setting.env}`",
        _shown_default(setting),
        setting.expected(),
        f"{setting.reason}{source}",
        setting.expect,
        setting.rollback,
        setting.owner,
    ]
    return f"| {' | '.join(cells)} |"


def _shown_default(setting: Setting) -> str:
    stages: dict[str, list[str]] = {}
    for stage, own in (("development", setting.development), ("test", setting.test)):
        if own is not None:
            stages.setdefault(own, []).append(stage)
    shown = setting.default or "stated by each environment"
    differing = "; ".join(f"{', '.join(names)}: {value}" for value, names in stages.items())
    return f"{shown} ({differing})" if differing else shown
