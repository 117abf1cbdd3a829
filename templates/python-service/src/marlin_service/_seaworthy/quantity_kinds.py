"""Kinds that are read as whole numbers: Duration, Bytes and Count."""

import re
from dataclasses import dataclass
from typing import ClassVar, Final

from .setting import CFG_INVALID, CFG_RANGE, Refused, Setting

_DIGITS: Final = re.compile(r"[0-9]{1,15}")
_WITH_UNIT: Final = re.compile(r"([0-9]{1,15})([A-Za-z]+)")


@dataclass(frozen=True, kw_only=True)
class _Quantity(Setting):
    units: ClassVar[dict[str, int]]
    likely_unit: ClassVar[str]
    noun: ClassVar[str]
    minimum: str
    maximum: str

    def _parse(self, written: str) -> int:
        if _DIGITS.fullmatch(written):
            smallest = f"{written}{next(iter(self.units))}"
            likely = f"{written}{self.likely_unit}"
            why = f"it has no unit, so {smallest} and {likely} cannot be told apart"
            raise Refused(
                CFG_INVALID, why, f"{self.env}={likely}" if self._in_range(likely) else None
            )
        match = _WITH_UNIT.fullmatch(written)
        if match is None or match[2] not in self.units:
            units = ", ".join(self.units)
            raise Refused(CFG_INVALID, f"it is not a whole number followed by one of {units}")
        return int(match[1]) * self.units[match[2]]

    def _in_range(self, written: str) -> bool:
        smallest, largest = self._parse(self.minimum), self._parse(self.maximum)
        return smallest <= self._parse(written) <= largest

    def read(self, written: str) -> int:
        value = self._parse(written)
        if not self._in_range(written):
            why = f"{self.write(value)} is outside {self.minimum} to {self.maximum}"
            raise Refused(CFG_RANGE, why)
        return value

    def write(self, value: int) -> str:
        for unit, size in reversed(self.units.items()):
            if value % size == 0 and (value != 0 or size == 1):
                return f"{value // size}{unit}"
        raise ValueError(value)

    def expected(self) -> str:
        example = self.default or self.minimum
        limits = f"from {self.minimum} to {self.maximum}"
        return f"a {self.noun} {limits}, with its unit, such as {example}"


@dataclass(frozen=True, kw_only=True)
class Duration(_Quantity):
    """A time written with its unit, such as 30s; its value is in milliseconds."""

    units = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000}  # noqa: RUF012
    likely_unit = "s"
    noun = "duration"


@dataclass(frozen=True, kw_only=True)
class Bytes(_Quantity):
    """A size written with its unit, such as 1MiB; its value is in bytes."""

    units = {"B": 1, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}  # noqa: RUF012
    likely_unit = "KiB"
    noun = "size"


@dataclass(frozen=True, kw_only=True)
class Count(Setting):
    """A whole number without a unit."""

    minimum: int
    maximum: int

    def read(self, written: str) -> int:
        if not _DIGITS.fullmatch(written):
            raise Refused(CFG_INVALID, "it is not a whole number written with digits only")
        value = int(written)
        if not self.minimum <= value <= self.maximum:
            why = f"{value} is outside {self.minimum} to {self.maximum}"
            raise Refused(CFG_RANGE, why)
        return value

    def expected(self) -> str:
        return f"a whole number from {self.minimum} to {self.maximum}"
