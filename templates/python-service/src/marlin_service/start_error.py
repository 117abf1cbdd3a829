"""Why a command could not start, said in the same layout everywhere."""

from collections.abc import Mapping
from typing import Final

from .service import SERVICE_OWNER

# Of sysexits.h.
EXIT_CODE_USAGE: Final = 64
EXIT_CODE_TRY_AGAIN: Final = 75


class StartError(Exception):
    """A start that failed; its text is what standard error gets, and ends with the owner."""

    exit_code = 1
    title = "StartError"
    consequence = "The service did not start."

    def __init__(self, what: str, **lines: str) -> None:
        named = {**lines, "owner": SERVICE_OWNER}
        super().__init__(render_failure(f"{self.title}: {what}. {self.consequence}", named))


def render_failure(head: str, lines: Mapping[str, str]) -> str:
    """Returns a head with its named lines below it."""
    return "\n".join([head, *(f"   {name:<10}{text}" for name, text in lines.items())])
