"""Writes docs/defaults.md, the reference page of settings."""

from typing import Final

from .settings_tree import DeclaredSetting, SettingsTree
from .shown_setting import shown_default, shown_deprecation, shown_name

_COLUMNS: Final = (
    "Setting",
    "Name",
    "Default",
    "Allowed",
    "Why",
    "Expected result",
    "Way back",
    "Owner",
)
_SOURCES: Final = (
    "Generated from the declarations; a test compares both. Later sources win: the default,"
    " `config/production.env`, on staging `config/staging.env`, the environment."
)
_NAMES: Final = (
    "A name in capitals is a variable; beside any other name stands what reads it. Each service"
    " also reads `DEPLOY_ENVIRONMENT` (development, test, staging or production), which has no"
    " default."
)


def to_markdown(tree: type[SettingsTree], title: str) -> str:
    """Returns a table for each group, and the rules between settings."""
    parts = [f"# {title}", _SOURCES, _NAMES]
    settings, rules = tree.every_setting(), tree.rules()
    for group in dict.fromkeys(declared.group for declared in settings):
        rows = [_row(declared) for declared in settings if declared.group is group]
        head = [f"| {' | '.join(_COLUMNS)} |", f"|{' --- |' * len(_COLUMNS)}"]
        parts += [f"## {group.label}", "\n".join([*head, *rows])]
        said = [
            f"- {each.rule.says}. Otherwise: {each.rule.fix}."
            for each in rules
            if each.group is group
        ]
        if said:
            parts.append("\n".join(["Rules:", "", *said]))
    return "\n\n".join(parts) + "\n"


def _row(declared: DeclaredSetting) -> str:
    setting = declared.setting
    deprecation = shown_deprecation(setting)
    source = "" if setting.source is None else f" ([source]({setting.source}))"
    cells = [
        declared.label.partition(".")[2],
        shown_name(setting),
        shown_default(setting),
        setting.expected(),
        f"{'' if deprecation is None else f'{deprecation}. '}{setting.reason}{source}",
        setting.expect,
        setting.rollback,
        setting.owner,
    ]
    return f"| {' | '.join(cells)} |"
