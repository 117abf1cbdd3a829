"""Writes the settings as JSON Schema 2020-12."""

from typing import Any

from .settings_tree import DeclaredSetting, SettingsTree
from .shown_setting import shown_written


def to_json_schema(tree: type[SettingsTree], title: str) -> dict[str, Any]:
    """Returns an object of variables in their written form, as a file of ours holds them.

    Limits cannot be said of a written duration or size; they stand in x-minimum and x-maximum.
    What a platform reads stands in x-platform, by platform and parameter.
    """
    properties: dict[str, Any] = {}
    platform: dict[str, dict[str, Any]] = {}
    for declared in tree.every_setting():
        setting = declared.setting
        if setting.env is None:
            parameters = platform.setdefault(str(setting.applies_to), {})
            parameters[str(setting.parameter)] = _described(declared)
            continue
        properties[setting.env] = _described(declared)
        if setting.file_variable is not None:
            description = f"the path of a file that holds {setting.env}"
            properties[setting.file_variable] = {"type": "string", "description": description}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "x-platform": platform,
    }


def _described(declared: DeclaredSetting) -> dict[str, Any]:
    setting = declared.setting
    deprecation = setting.deprecation
    local = {
        stage: shown_written(setting, written) for stage, written in setting.own_defaults.items()
    }
    optional = {
        "default": setting.default,
        "deprecated": None if deprecation is None else True,
        "x-deprecated": None if deprecation is None else deprecation._asdict(),
        "x-setting": declared.label,
        "x-expected": setting.expected(),
        "x-owner": setting.owner,
        "x-expect": setting.expect,
        "x-rollback": setting.rollback,
        "x-unit": setting.unit,
        "x-defaults": local or None,
        "x-since": setting.since,
        "x-source": setting.source,
    }
    stated = {name: value for name, value in optional.items() if value is not None}
    return {**setting.json_schema(), "description": setting.reason, **stated}
