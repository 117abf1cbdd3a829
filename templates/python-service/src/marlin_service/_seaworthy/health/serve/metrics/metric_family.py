"""Writes Prometheus text format 0.0.4."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from ..well_formed import well_formed


class Sample(NamedTuple):
    """One line of a family: its value, what `labels` returned, and what is added to its name."""

    value: float
    labels: str = ""
    suffix: Literal["", "_bucket", "_sum", "_count"] = ""


class MetricFamily(NamedTuple):
    """Lines of one name; the help is one plain sentence, without a backslash or a line's end."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    help: str
    samples: Sequence[Sample]


def write_families(families: Iterable[MetricFamily]) -> str:
    """Writes families, and leaves out one without a sample."""
    return "".join(_write_family(family) for family in families if family.samples)


def labels(**values: str) -> str:
    """Returns labels, escaped once and shared by the seventeen lines of a histogram."""
    return ",".join(f'{name}="{_escape(value)}"' for name, value in values.items())


def _write_family(family: MetricFamily) -> str:
    lines = [f"# HELP {family.name} {family.help}", f"# TYPE {family.name} {family.kind}"]
    for value, pairs, suffix in family.samples:
        in_braces = f"{{{pairs}}}" if pairs else ""
        lines.append(f"{family.name}{suffix}{in_braces} {_write_value(value)}")
    return "\n".join([*lines, ""])


def _escape(value: str) -> str:
    text = well_formed(value).replace("\\", "\\\\")
    return text.replace('"', '\\"').replace("\n", "\\n")


def _write_value(value: float) -> str:
    return repr(value).removesuffix(".0")
