"""Kinds that are read as numbers: Duration, Bytes, Count and Ratio."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, TypeVar

from .number_text import number_text
from .setting import CFG_INVALID, CFG_RANGE, Refused, Setting

_DIGITS: Final = re.compile(r"[0-9]{1,15}")
_WITH_UNIT: Final = re.compile(r"([0-9]{1,15})([A-Za-z]+)")
_PLAIN_DIGITS: Final = "(0|[1-9][0-9]{0,14})"
_DECIMAL: Final = re.compile(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?")
Limit = TypeVar("Limit", int, str)
_PERCENT: Final = re.compile(r"([0-9]{1,2}|100)%")


@dataclass(frozen=True, kw_only=True)
class _Quantity(Setting):
    units: ClassVar[dict[str, int]]
    noun: ClassVar[str]
    minimum: str
    maximum: str
    # What `expected` names; an overridden default leaves it as it is.
    example: str | None = None

    def __post_init__(self) -> None:
        _check_limits(self._parse, self.minimum, self.maximum)
        if self.example is None:
            object.__setattr__(self, "example", self.default or self.minimum)

    def read(self, written: str) -> int:
        if _DIGITS.fullmatch(written):
            _whole_number(written)
            raise self._without_unit(written)
        value = self._parse(written)
        if not self._in_range(value):
            raise _outside(written, self.minimum, self.maximum)
        return value

    def write(self, value: int) -> str:
        for unit, size in reversed(self.units.items()):
            if value >= size and value % size == 0:
                return f"{value // size}{unit}"
        return f"0{self._likely_unit}"

    def expected(self) -> str:
        limits = f"from {self.minimum} to {self.maximum}"
        return f"a {self.noun} {limits}, with its unit, such as {self.example}"

    def json_schema(self) -> Mapping[str, object]:
        return {
            "type": "string",
            "pattern": f"^{_PLAIN_DIGITS}({'|'.join(self.units)})$",
            "x-minimum": self.minimum,
            "x-maximum": self.maximum,
        }

    @property
    def _likely_unit(self) -> str:
        return list(self.units)[1]

    def _parse(self, written: str) -> int:
        match = _WITH_UNIT.fullmatch(written)
        if match is None or match[2] not in self.units:
            units = ", ".join(self.units)
            raise Refused(CFG_INVALID, f"it is not a whole number followed by one of {units}")
        return _whole_number(match[1]) * self.units[match[2]]

    def _in_range(self, value: int) -> bool:
        return self._parse(self.minimum) <= value <= self._parse(self.maximum)

    def _without_unit(self, written: str) -> Refused:
        smallest, likely = f"{written}{next(iter(self.units))}", f"{written}{self._likely_unit}"
        fits = self._in_range(self._parse(likely))
        why = f"it has no unit, so {smallest} and {likely} cannot be told apart"
        return Refused(CFG_INVALID, why, value=likely if fits else None)


@dataclass(frozen=True, kw_only=True)
class Duration(_Quantity):
    """A time written with its unit, such as 30s; its value is in milliseconds."""

    units = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000}  # noqa: RUF012
    noun = "duration"
    unit = "milliseconds"


@dataclass(frozen=True, kw_only=True)
class Bytes(_Quantity):
    """A size written with its unit, such as 1MiB; its value is in bytes."""

    units = {"B": 1, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}  # noqa: RUF012
    noun = "size"
    unit = "bytes"


@dataclass(frozen=True, kw_only=True)
class Count(Setting):
    """A whole number without a unit."""

    minimum: int
    maximum: int

    def __post_init__(self) -> None:
        _check_limits(int, self.minimum, self.maximum)

    def read(self, written: str) -> int:
        if not _DIGITS.fullmatch(written):
            raise Refused(CFG_INVALID, "it is not a whole number written with digits only")
        value = _whole_number(written)
        if not self.minimum <= value <= self.maximum:
            raise _outside(written, self.minimum, self.maximum)
        return value

    def expected(self) -> str:
        return f"a whole number from {self.minimum} to {self.maximum}"

    def json_schema(self) -> Mapping[str, object]:
        return {
            "type": "string",
            "pattern": f"^{_PLAIN_DIGITS}$",
            "x-minimum": self.minimum,
            "x-maximum": self.maximum,
        }


@dataclass(frozen=True, kw_only=True)
class Ratio(Setting):
    """A share from 0 to 1, written as a decimal with at most six places."""

    minimum: str
    maximum: str
    # What `expected` names; an overridden default leaves it as it is.
    example: str | None = None

    def __post_init__(self) -> None:
        _check_limits(float, self.minimum, self.maximum)
        if self.example is None:
            object.__setattr__(self, "example", self.default or self.minimum)

    def read(self, written: str) -> float:
        if not _DECIMAL.fullmatch(written):
            why = "it is not a decimal from 0 to 1 with at most six places"
            raise Refused(CFG_INVALID, why, value=self._meant(written))
        value = float(written)
        if not self._in_range(value):
            raise _outside(written, self.minimum, self.maximum)
        return value

    def write(self, value: float) -> str:
        return number_text(value)

    def expected(self) -> str:
        return f"a ratio from {self.minimum} to {self.maximum}, such as {self.example}"

    def json_schema(self) -> Mapping[str, object]:
        return {
            "type": "string",
            "pattern": f"^({_DECIMAL.pattern})$",
            "x-minimum": _number(self.minimum),
            "x-maximum": _number(self.maximum),
        }

    def _in_range(self, value: float) -> bool:
        return float(self.minimum) <= value <= float(self.maximum)

    def _meant(self, written: str) -> str | None:
        percent = _PERCENT.fullmatch(written)
        if percent is None or not self._in_range(int(percent[1]) / 100):
            return None
        return self.write(int(percent[1]) / 100)


def _whole_number(digits: str) -> int:
    # 010 is ten to one reader and eight to another.
    if digits.startswith("0") and digits != "0":
        why = "it begins with a zero, which some readers take for octal"
        raise Refused(CFG_INVALID, why)
    return int(digits)


def _check_limits(read: Callable[[Limit], float], minimum: Limit, maximum: Limit) -> None:
    """Raises TypeError when nothing lies between the limits, or one is not of the kind."""
    try:
        holds = read(minimum) <= read(maximum)
    except (Refused, ValueError):
        holds = False
    if not holds:
        raise TypeError(
            "expected minimum to be at most maximum, each in its written form,"
            f" got {minimum} and {maximum}"
        )


def _outside(written: str, minimum: object, maximum: object) -> Refused:
    return Refused(CFG_RANGE, f"{written} is outside {minimum} to {maximum}")


def _number(written: str) -> float:
    number = float(written)
    return int(number) if number.is_integer() else number
