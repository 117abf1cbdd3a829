"""Says what is wrong with the rules of one group, in words for its author."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .setting import Refused, Setting
from .settings_rule import Rule, is_number


def wrong_rules(
    label: str, settings: Mapping[str, Setting], rules: Sequence[Rule]
) -> Iterator[str]:
    """Yields a sentence for each name that is no number, and for each rule that defaults break."""
    for rule in rules:
        said = f'{label}: the rule "{rule.says}"'
        own = [name for name in rule.names() if "." not in name]
        for name in own:
            if name not in settings:
                yield f"{said} names {name}, which is not declared"
        values = _defaults_of(own, settings)
        for name, value in values.items():
            if not is_number(value):
                yield f"{said} names {name}, which is no number"
        # Other groups may declare other defaults: a rule across groups waits until both are loaded.
        comparable = all(name in values and is_number(values[name]) for name in rule.names())
        if comparable and not rule.holds(values):
            yield f"{said} is broken by the defaults"


def _defaults_of(names: Sequence[str], settings: Mapping[str, Setting]) -> dict[str, Any]:
    # A default that its kind refuses is a problem of its own.
    values = {}
    for name in names:
        written = settings[name].default if name in settings else None
        if isinstance(written, str):
            try:
                values[name] = settings[name].read(written)
            except Refused:
                continue
    return values
