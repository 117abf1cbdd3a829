"""Reads one setting from the last place that states it, or says what is wrong with it."""

from dataclasses import dataclass, field, replace
from typing import Any

from .env_file import Notes, Stated
from .service_owner import owner_of
from .setting import Refused, Setting
from .settings_error import SettingProblem
from .settings_sources import Found, SettingsSources
from .settings_tree import DeclaredSetting
from .stages import Stage
from .value_file import UnreadableFile, quote_path, read_value_file


@dataclass(frozen=True)
class ReadValue:
    """A value, where it came from, and what is noted with it. A default is not stated."""

    value: Any
    origin: str
    stated: bool = True
    notes: Notes = field(default_factory=Notes)


def read_setting(
    declared: DeclaredSetting, sources: SettingsSources, stage: Stage, owner: str
) -> ReadValue | SettingProblem:
    """Returns the value of a setting, or the problem with it."""
    production = sources.in_production(declared.setting)
    reading = _Reading(declared.setting, declared.label, stage, owner, production)
    found = sources.find(declared.setting)
    if found is None:
        return reading.default()
    if found.twice:
        return reading.twice(found)
    if found.name != declared.setting.env:
        return reading.from_file(found)
    return reading.understand(found.stated)


@dataclass(frozen=True)
class _Reading:
    setting: Setting
    label: str
    stage: Stage
    owner: str
    # What production states, where the stage has a file of its own after it.
    production: Stated | None

    def default(self) -> ReadValue | SettingProblem:
        written = self.setting.default_in(self.stage)
        if written is None:
            return self._problem(
                code="CFG_MISSING",
                got="nothing",
                why="it has no default, because each environment states its own",
                fix=f"set {self.setting.env}",
            )
        own = self.stage in self.setting.own_defaults
        read = self.understand(Stated(written, f"default ({self.stage})" if own else "default"))
        return replace(read, stated=False) if isinstance(read, ReadValue) else read

    def understand(self, stated: Stated) -> ReadValue | SettingProblem:
        if stated.value == "":
            return self._empty(self.setting.variable, stated.origin)
        if self._is_shared(stated):
            return self._shared(stated)
        try:
            value = self.setting.read(stated.value)
        except Refused as refused:
            return self._problem(
                code=refused.code,
                got=self.setting.quote(stated.value),
                origin=stated.origin,
                why=refused.why,
                fix=self._advice_for(refused),
            )
        return ReadValue(value, stated.origin, notes=stated.notes)

    def from_file(self, found: Found) -> ReadValue | SettingProblem:
        path = found.stated.value
        if path == "":
            return self._empty(found.name, found.stated.origin)
        try:
            written = read_value_file(path)
        except UnreadableFile as unreadable:
            return self._problem(
                name=found.name,
                code="CFG_SOURCE",
                got=quote_path(path),
                origin=found.stated.origin,
                expected="the path of a readable text file that holds the value",
                why=unreadable.why,
                fix=f"make the file readable, or set {self.setting.env} instead",
                retryable=unreadable.retryable,
            )
        origin = f"file {path} ({found.name})"
        return self.understand(Stated(written, origin, found.stated.notes))

    def twice(self, found: Found) -> SettingProblem:
        env = self.setting.env
        return self._problem(
            code="CFG_TWICE",
            got=f"{env} and {env}_FILE",
            origin=found.stated.origin,
            expected="one of the two",
            why="nothing says which of the two is meant",
            fix=f"unset {env} or {env}_FILE",
        )

    def _is_shared(self, stated: Stated) -> bool:
        if self.setting.inherited or stated.notes.shared is not None:
            return False
        return self.production is not None and self.production.value == stated.value

    def _shared(self, stated: Stated) -> SettingProblem:
        own = f"set {self.setting.env} to a value of {self.stage}'s own"
        return self._problem(
            code="CFG_SHARED",
            got=self.setting.quote(stated.value),
            origin=stated.origin,
            expected="another value than production has",
            why=f"{self.stage} would use what belongs to production",
            fix=f'{own}, or state it in its file under a line "# Shared: why"',
        )

    def _empty(self, name: str, origin: str) -> SettingProblem:
        default = self._advised
        fix = f"unset {self.setting.env} to use its default {default}"
        return self._problem(
            name=name,
            code="CFG_EMPTY",
            got="an empty value",
            origin=origin,
            why="an empty value is never taken for the default",
            fix=f"set {name}" if default is None or name != self.setting.env else fix,
        )

    @property
    def _advised(self) -> str | None:
        return self.setting.default_in(self.stage) if self.setting.inherited else None

    def _advice_for(self, refused: Refused) -> str:
        if refused.advice is not None:
            return refused.advice
        value = self._advised if refused.value is None else refused.value
        if value is None:
            return f"set {self.setting.env} to {self.setting.expected()}"
        return f"{self.setting.env}={value}"

    def _problem(self, **facts: Any) -> SettingProblem:
        common = {
            "name": self.setting.variable,
            "label": self.label,
            "expected": self.setting.expected(),
            "owner": owner_of(self.setting, self.owner),
        }
        return SettingProblem(**common | facts)
