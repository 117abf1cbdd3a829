"""How settings must stand to each other: data, so that every language checks the same."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Final, Literal, TypeGuard

# A field of the same group, "group.setting" by the label of another group, or a number.
Operand = str | float

_RELATIONS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Sum:
    """Its operands added up."""

    def __init__(self, *operands: Operand) -> None:
        self.operands = operands

    def amount(self, numbers: list[float]) -> float:
        """Returns the sum, taken from left to right as every language takes it."""
        return reduce(operator.add, numbers, 0)


class Product:
    """Its operands multiplied."""

    def __init__(self, *operands: Operand) -> None:
        self.operands = operands

    def amount(self, numbers: list[float]) -> float:
        """Returns the product, taken from left to right."""
        return reduce(operator.mul, numbers, 1)


Term = Operand | Sum | Product


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What must hold between settings that are valid alone.

    A rule that names a setting of another group is checked where that group is loaded too.
    """

    says: str
    left: Term
    relation: Literal["<", "<=", ">", ">="]
    right: Term
    fix: str

    def names(self) -> list[str]:
        """Returns the settings that take part, in order and once each."""
        operands = [*_composed(self.left).operands, *_composed(self.right).operands]
        return list(dict.fromkeys(each for each in operands if isinstance(each, str)))

    def holds(self, values: Mapping[str, object]) -> bool:
        """Whether the rule is kept by the values of what it names."""
        left, right = (_amount(term, values) for term in (self.left, self.right))
        return _RELATIONS[self.relation](left, right)


def is_number(value: object) -> TypeGuard[float]:
    """Whether a rule can compare a value; a flag is no number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _composed(term: Term) -> Sum | Product:
    return term if isinstance(term, Sum | Product) else Sum(term)


def _amount(term: Term, values: Mapping[str, object]) -> float:
    composed = _composed(term)
    numbers = []
    for operand in composed.operands:
        value = values[operand] if isinstance(operand, str) else operand
        if not is_number(value):
            raise TypeError("a rule compares numbers")
        numbers.append(value)
    return composed.amount(numbers)
