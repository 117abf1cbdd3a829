"""Says which fields of an order are at fault, without repeating the input."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from .order import EXPECTED
from .problem import FieldError

_NAME_CHARACTERS: Final = 40
# One body of 1 MiB can hold 100,000 unknown names; the answer stays small.
_MOST_ERRORS: Final = 100


def order_errors(body: object, errors: Iterable[Mapping[str, Any]]) -> Sequence[FieldError]:
    """Returns one error per field: the declared ones in their order, then unknown names."""
    if not isinstance(body, dict):
        return [{"pointer": "", "detail": "expected an object with orderNumber, sku and quantity"}]
    at_fault = {place for error in errors for place in error["loc"]}
    known: list[FieldError] = [
        {"pointer": f"/{name}", "detail": detail}
        for name, detail in EXPECTED.items()
        if name in at_fault
    ]
    unknown: list[FieldError] = [
        {"pointer": f"/{_escape(name[:_NAME_CHARACTERS])}", "detail": "expected no such field"}
        for name in body
        if name not in EXPECTED
    ]
    return (known + unknown)[:_MOST_ERRORS]


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
