"""Checks the files of a stage without starting the service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .read_setting import ReadValue
from .read_settings import read_settings
from .settings_error import SettingProblem
from .settings_sources import SERVICE_FILES, StageFiles, open_sources
from .settings_tree import DeclaredSetting, SettingsTree
from .stages import Stage
from .verify_lines import exposed_secrets, undocumented_lines


@dataclass(frozen=True)
class SettingsReport:
    """The settings of a stage as its files state them, and all that is wrong with those files."""

    stage: Stage
    settings: Mapping[str, Mapping[str, str]]
    problems: Sequence[SettingProblem]

    def as_data(self) -> dict[str, object]:
        """Returns the report as JSON shows it."""
        problems = [problem.as_data() for problem in self.problems]
        return {"environment": self.stage, "settings": self.settings, "problems": problems}


def verify_settings(
    tree: type[SettingsTree],
    *,
    stage: Stage,
    owner: str,
    root: Path,
    files: StageFiles = SERVICE_FILES,
) -> SettingsReport:
    """Finds what the service would refuse, and what nobody wrote down.

    The environment of this process is not read. A URL or secret that no file states is no problem
    here: it comes from the environment at start, or from a file that only the host of that
    environment has.
    """
    declared = tree.declared()
    sources = open_sources({}, root, files.get(stage, ()), owner)
    read = read_settings(tree, sources, stage, owner)
    of_the_host = {
        each.label: origin
        for each in declared
        if (origin := _host_origin(each, read.problems)) is not None
    }
    settings = {
        each.setting.variable: _described(
            each, stage, read.values.get(each.label), of_the_host.get(each.label, "none")
        )
        for each in declared
    }
    problems = [
        *(problem for problem in read.problems if problem.label not in of_the_host),
        *undocumented_lines(sources.files, root, owner),
        *exposed_secrets(sources.files, declared, owner),
    ]
    return SettingsReport(stage, settings, problems)


def _host_origin(declared: DeclaredSetting, problems: Sequence[SettingProblem]) -> str | None:
    # What only the host of the stage has: an address or a secret, in its environment or in a file.
    code = next((each.code for each in problems if each.label == declared.label), None)
    if code == "CFG_SOURCE":
        return "from a file at start"
    if code == "CFG_MISSING" and not declared.setting.inherited:
        return "from the environment at start"
    return None


def _described(
    declared: DeclaredSetting, stage: Stage, read: ReadValue | None, unknown_origin: str
) -> dict[str, str]:
    setting = declared.setting
    if read is None:
        return {"setting": declared.label, "value": "unknown", "origin": unknown_origin}
    described = {
        "setting": declared.label,
        "value": setting.write(read.value),
        "origin": read.origin,
    }
    notes = (read.notes.differs, read.notes.shared, read.notes.change)
    why = next((note for note in notes if note is not None), None)
    if why is None and not read.stated and stage in setting.own_defaults:
        why = setting.reason
    return described if why is None else {**described, "why": why}
