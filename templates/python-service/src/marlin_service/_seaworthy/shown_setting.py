"""What documents say about a setting in a few words."""

from .setting import Setting


def shown_written(setting: Setting, written: str) -> str:
    """Returns a default as a document may show it: no password, and of a secret nothing."""
    return written if setting.inherited else setting.write(setting.read(written))


def shown_default(setting: Setting) -> str:
    """Returns the default of production, and what development and test use instead."""
    stages: dict[str, list[str]] = {}
    for stage, written in setting.own_defaults.items():
        stages.setdefault(shown_written(setting, written), []).append(stage)
    shown = "stated by each environment" if setting.default is None else setting.default
    differing = "; ".join(f"{', '.join(names)}: {value}" for value, names in stages.items())
    return f"{shown} ({differing})" if differing else shown


def shown_name(setting: Setting) -> str:
    """Returns the name in code quotes, and whose it is when no process reads it."""
    if setting.env is None:
        return f"`{setting.parameter}` ({setting.applies_to})"
    return f"`{setting.env}`"


def shown_deprecation(setting: Setting) -> str | None:
    """Says in one sentence why a setting goes away."""
    deprecation = setting.deprecation
    if deprecation is None:
        return None
    since, replacement, reason = deprecation
    return f"deprecated since {since}: {reason}; set {replacement} instead"
