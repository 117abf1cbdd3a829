"""A log must not end the service."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

Given = TypeVar("Given")


def guarded_report(report: Callable[[Given], None]) -> Callable[[Given], None]:
    """Returns a function that tells what it is given, and drops what telling raises."""

    def tell(given: Given) -> None:
        with suppress(Exception):
            report(given)

    return tell
