"""Says once in a process that a stated setting goes away."""

import warnings

from .setting import Setting

_told: set[str] = set()


class SettingsWarning(UserWarning):
    """A setting still counts, and a later version will not have it."""


def warn_deprecated(setting: Setting) -> None:
    """Names the variable to set instead; the first time only."""
    deprecation = setting.deprecation
    if deprecation is None or setting.variable in _told:
        return
    _told.add(setting.variable)
    since, replacement, reason = deprecation
    text = f"{setting.env} is deprecated since {since}: {reason}. Set {replacement} instead."
    warnings.warn(text, SettingsWarning, stacklevel=2)
