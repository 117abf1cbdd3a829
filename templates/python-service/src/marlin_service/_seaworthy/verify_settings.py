"""Checks the files of a stage without starting the service."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .env_file import EnvFile, Notes
from .read_setting import ReadValue
from .read_settings import read_settings
from .settings_error import SettingProblem
from .settings_sources import SERVICE_FILES, StageFiles, open_sources
from .settings_tree import DeclaredSetting, SettingsTree
from .stages import Stage


@dataclass(frozen=True)
class SettingsReport:
    """The settings of a stage as its files state them, and all that is wrong with those files."""

    stage: Stage
    settings: dict[str, dict[str, str]]
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
    here: it comes from the environment at start.
    """
    sources = open_sources({}, root, files.get(stage, ()), owner)
    read = read_settings(tree, sources, stage, owner)
    found = [each for each in read.problems if each.code != "CFG_MISSING" or each.label is None]
    return SettingsReport(
        stage,
        {
            each.setting.variable: _described(each, stage, read.values.get(each.label))
            for each in tree.declared()
        },
        [*found, *_undocumented_lines(sources.files, root, owner)],
    )


def _described(declared: DeclaredSetting, stage: Stage, read: ReadValue | None) -> dict[str, str]:
    setting = declared.setting
    if read is None:
        origin = "none" if setting.inherited else "from the environment at start"
        return {"setting": declared.label, "value": "unknown", "origin": origin}
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


def _undocumented_lines(
    files: Sequence[EnvFile], root: Path, owner: str
) -> Iterator[SettingProblem]:
    # A live line is a difference; somebody wrote down why, or it is a problem.
    for index, file in enumerate(files):
        for name, stated in file.values.items():
            missing = _missing_in_production if index == 0 else _missing_in_staging
            facts = missing(name, stated.notes, root)
            if facts is None:
                continue
            expected, why, fix = facts
            yield SettingProblem(
                code="CFG_UNDOCUMENTED",
                name=name,
                got="a live line",
                origin=stated.origin,
                expected=expected,
                why=why,
                fix=fix,
                owner=owner,
            )


def _missing_in_production(name: str, notes: Notes, root: Path) -> tuple[str, str, str] | None:
    if notes.change is not None and (root / notes.change).exists():
        return None
    said = "no record says why it was changed"
    return (
        'a line "# Change: …" above it that names a record',
        said if notes.change is None else "the record it names is not there",
        f'write the record, and put "# Change: docs/changes/NNNN-what.md" directly above {name}',
    )


def _missing_in_staging(name: str, notes: Notes, _: Path) -> tuple[str, str, str] | None:
    if notes.differs is not None or notes.shared is not None:
        return None
    return (
        'a line "# Differs: why" above it',
        "nothing says why staging differs",
        f'put "# Differs: why" directly above {name}',
    )
