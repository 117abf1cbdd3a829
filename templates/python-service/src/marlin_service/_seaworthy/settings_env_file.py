"""Writes config/production.env and config/staging.env again from the declarations."""

from collections.abc import Mapping
from typing import Final, Literal

from .env_file import LAST_GENERATED, Stated, parse_env_file
from .service_owner import owner_of
from .setting import Setting
from .settings_error import SettingsError
from .settings_tree import DeclaredSetting, SettingsTree
from .shown_setting import shown_deprecation
from .text_kinds import SecretText
from .unknown_names import unknown_in_file

FileStage = Literal["production", "staging"]

_HEADERS: Final = {
    "production": (
        "# Production settings of {service}. A line that begins with # is a comment: the default"
        " holds.\n"
        "# To change one, write docs/changes/NNNN-what.md, remove the # before the value, set it,"
        " and put a line\n"
        '# "# Change: docs/changes/NNNN-what.md" above it; restart one instance and watch. To go'
        " back, put the # back."
    ),
    "staging": (
        "# Staging settings of {service}: only what differs from config/production.env, each line"
        " with why."
    ),
}


def to_env_file(
    tree: type[SettingsTree],
    *,
    service: str,
    owner: str,
    stage: FileStage = "production",
    current: str = "",
) -> str:
    """Returns the file of a stage; live lines of the current one are kept.

    In production's, every setting stands under its reason, expected result and way back; one at
    its default is commented out, so that a better default reaches the service with an upgrade.
    Live lines are kept with the comments that a person wrote above them.
    Raises SettingsError when the current file has a line that is not understood, or a name that
    nothing declares.
    """
    declared = tree.declared()
    file = parse_env_file(current, f"config/{stage}.env", owner)
    unknown = unknown_in_file(file, [each.setting for each in declared], owner)
    if problems := [*file.problems, *unknown]:
        raise SettingsError(problems, len(declared), stage, "The file was not written.")
    blocks = [_HEADERS[stage].format(service=service)]
    for each in declared:
        live = _live_lines(each.setting, file.values)
        if stage == "production":
            lines = [*_comments(each, owner), *(live or [_silent_line(each.setting)])]
        else:
            lines = live
        if lines:
            blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _comments(declared: DeclaredSetting, owner: str) -> list[str]:
    setting = declared.setting
    deprecation = shown_deprecation(setting)
    return [
        f"# {declared.label}: {setting.expected()}",
        *([] if deprecation is None else [f"# Deprecated: {deprecation}"]),
        f"# Why: {setting.reason}",
        f"# Expected: {setting.expect}",
        f"# Way back: {setting.rollback}",
        f"{LAST_GENERATED}{owner_of(setting, owner)}",
    ]


def _live_lines(setting: Setting, live: Mapping[str, Stated]) -> list[str]:
    lines = []
    for name in (setting.env, setting.file_variable):
        if name is None or name not in live:
            continue
        lines += [*live[name].comments, f"{name}={live[name].value}"]
    return lines


def _silent_line(setting: Setting) -> str:
    if setting.inherited:
        return f"# {setting.env}={'' if setting.default is None else setting.default}"
    file = f"the file that {setting.file_variable} names"
    if isinstance(setting, SecretText):
        return f"# {setting.env} comes from the environment or {file}, never from this file"
    return f"# {setting.env} is stated by each environment: here, in its environment, or in {file}"
