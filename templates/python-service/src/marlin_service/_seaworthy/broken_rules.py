"""Finds the rules between settings that the loaded values break."""

from collections.abc import Iterator, Mapping

from .read_setting import ReadValue
from .service_owner import owner_of
from .settings_error import SettingProblem
from .settings_tree import DeclaredSetting, SettingsTree
from .stages import Stage


def broken_rules(
    tree: type[SettingsTree], read: Mapping[str, ReadValue], stage: Stage, owner: str
) -> Iterator[SettingProblem]:
    """Yields a problem for each broken rule; it names every setting that took part.

    A rule waits until each of its settings is valid alone.
    """
    for resolved in tree.rules():
        values = {
            name: at
            for name, declared in resolved.settings.items()
            if (at := _value_of(declared, read, stage)) is not None
        }
        if len(values) < len(resolved.settings):
            continue
        if resolved.rule.holds({name: at.value for name, at in values.items()}):
            continue
        settings = [declared.setting for declared in resolved.settings.values()]
        written = [
            setting.write(at.value) for setting, at in zip(settings, values.values(), strict=True)
        ]
        owners = dict.fromkeys(owner_of(setting, owner) for setting in settings)
        yield SettingProblem(
            name=" + ".join(setting.public_name for setting in settings),
            label=resolved.group.label,
            code="CFG_RULE",
            got=" and ".join(written),
            origin=" and ".join(at.origin for at in values.values()),
            expected=resolved.rule.says,
            why="each value is valid alone, not together",
            fix=resolved.rule.fix,
            owner=" and ".join(owners),
        )


def _value_of(
    declared: DeclaredSetting, read: Mapping[str, ReadValue], stage: Stage
) -> ReadValue | None:
    if declared.setting.env is not None:
        return read.get(declared.label)
    # What a platform reads stands at its default: nothing loads it.
    written = declared.setting.default_in(stage) or ""
    return ReadValue(declared.setting.read(written), "default", stated=False)
