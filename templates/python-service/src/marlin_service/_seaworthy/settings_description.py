"""Describes settings by the name of their variable; nothing in it is secret."""

import json
from collections.abc import Mapping

from .load_settings import LoadedSettings, Tree


def describe_settings(loaded: LoadedSettings[Tree]) -> dict[str, object]:
    """Returns the label, the written value and the origin of each loaded setting."""
    settings = {
        each.setting.variable: {
            "setting": each.label,
            "value": getattr(loaded.settings, each.group_name).written(each.field),
            "origin": loaded.origins[each.setting.variable],
        }
        for each in type(loaded.settings).declared()
    }
    return {"environment": loaded.settings.deploy_environment, "settings": settings}


def to_json(document: Mapping[str, object]) -> str:
    """Returns a document as the settings command prints it."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
