"""Reads one setting from its written value, or says what is wrong with it."""

from dataclasses import dataclass
from typing import Any

from .setting import Refused, Setting
from .settings_error import SettingProblem


@dataclass(frozen=True)
class WrittenValue:
    """What was found for a setting, and where. A value of None was found nowhere."""

    value: str | None
    origin: str

    def read(self, setting: Setting, label: str, stage: str) -> Any:
        """Returns the value of the setting, or a SettingProblem in its place."""
        if self.value is None:
            why = "it has no default, because each environment states its own"
            fix = f"set {setting.env}"
            return _problem(setting, label, "CFG_MISSING", "nothing", None, why, fix)
        if self.value == "":
            why = "an empty value is never taken for the default"
            fix = _fix_of_empty(setting, stage)
            return _problem(setting, label, "CFG_EMPTY", "an empty value", self.origin, why, fix)
        try:
            return setting.read(self.value)
        except Refused as refused:
            got = setting.quote(self.value)
            fix = refused.fix or _fix_of_refused(setting, stage)
            return _problem(setting, label, refused.code, got, self.origin, refused.why, fix)


def _fix_of_empty(setting: Setting, stage: str) -> str:
    default = setting.default_in(stage)
    if default is None or not setting.inherited:
        return f"set {setting.env}"
    return f"unset {setting.env} to use its default {default}"


def _fix_of_refused(setting: Setting, stage: str) -> str:
    default = setting.default_in(stage)
    if default is None or not setting.inherited:
        return f"set {setting.env} to {setting.expected()}"
    return f"{setting.env}={default}"


def _problem(
    setting: Setting, label: str, code: str, got: str, origin: str | None, why: str, fix: str
) -> SettingProblem:
    return SettingProblem(
        name=setting.env,
        label=label,
        code=code,
        got=got,
        origin=origin,
        expected=setting.expected(),
        why=why,
        fix=fix,
        owner=setting.owner,
    )
