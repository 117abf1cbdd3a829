"""What every setting states about itself, and how one kind refuses a value."""

import json
from dataclasses import dataclass
from typing import Any, Final

CFG_INVALID: Final = "CFG_INVALID"
CFG_RANGE: Final = "CFG_RANGE"

_SHOWN_CHARACTERS: Final = 80


class Refused(Exception):
    """A written value that a kind does not accept: code, why, and the fix when one is known."""

    def __init__(self, code: str, why: str, fix: str | None = None) -> None:
        super().__init__(why)
        self.code = code
        self.why = why
        self.fix = fix


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A declared setting. A missing text is a TypeError when the module is imported."""

    env: str
    owner: str
    reason: str
    expect: str
    rollback: str
    default: str | None = None
    development: str | None = None
    test: str | None = None
    source: str | None = None

    def default_in(self, stage: str) -> str | None:
        """Returns the written default of a stage; None where the stage must state its own."""
        own = self.own_default(stage)
        return self.default if own is None else own

    def own_default(self, stage: str) -> str | None:
        """Returns the written default that only development or only test uses."""
        return {"development": self.development, "test": self.test}.get(stage)

    def expected(self) -> str:
        """Says in one phrase what a value looks like."""
        raise NotImplementedError

    def read(self, written: str) -> Any:
        """Reads a written value.

        Raises Refused rather than guess.
        """
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """Returns the written form of a value, fit to be shown: secrets are not in it."""
        return str(value)

    def quote(self, written: str) -> str:
        """Returns a refused value as an error may show it."""
        cut = written[:_SHOWN_CHARACTERS]
        return json.dumps(cut if cut == written else f"{cut}…", ensure_ascii=False)

    @property
    def inherited(self) -> bool:
        """Whether staging takes the value from the production file."""
        return True
