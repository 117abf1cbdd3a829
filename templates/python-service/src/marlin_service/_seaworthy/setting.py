"""What every setting states about itself, and how one kind refuses a value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, NamedTuple

from .quote_text import quote_text

CFG_INVALID: Final = "CFG_INVALID"
CFG_RANGE: Final = "CFG_RANGE"

PLATFORMS: Final = (
    "kubernetes",
    "postgres-role",
    "redis-server",
    "uvicorn",
    "sqlalchemy",
    "queue",
    "pipeline",
)


class Refused(Exception):
    """A written value that a kind does not accept.

    It carries a value that would be accepted, or advice that begins with a verb, or neither where
    the default is the best advice.
    """

    def __init__(
        self, code: str, why: str, *, value: str | None = None, advice: str | None = None
    ) -> None:
        super().__init__(why)
        self.code = code
        self.why = why
        self.value = value
        self.advice = advice


class Deprecation(NamedTuple):
    """Why a setting goes away, and the variable to set instead."""

    since: str
    replacement: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A declared setting; a missing text is a TypeError when the module is imported.

    A process reads the variable `env`. What a platform reads has `applies_to` and `parameter`
    instead: it stands in documents, and in rules with its default.
    """

    unit: ClassVar[str | None] = None

    env: str | None = None
    applies_to: str | None = None
    parameter: str | None = None
    owner: str
    reason: str
    expect: str
    rollback: str
    default: str | None = None
    development: str | None = None
    test: str | None = None
    source: str | None = None
    since: str | None = None
    deprecated: tuple[str, str, str] | None = None

    @property
    def variable(self) -> str:
        """The environment variable; a setting of a platform has none."""
        if self.env is None:
            raise TypeError(f"{self.public_name} is read by no process")
        return self.env

    @property
    def public_name(self) -> str:
        """What people call it: its variable, or the parameter and whose it is."""
        return f"{self.parameter} ({self.applies_to})" if self.env is None else self.env

    @property
    def deprecation(self) -> Deprecation | None:
        """The three texts of `deprecated` by name."""
        return None if self.deprecated is None else Deprecation(*self.deprecated)

    @property
    def inherited(self) -> bool:
        """False for what each environment must state itself."""
        return True

    @property
    def file_variable(self) -> str | None:
        """The variable that may name a file with the value; only what is not inherited has one."""
        return None if self.env is None or self.inherited else f"{self.env}_FILE"

    @property
    def own_defaults(self) -> dict[str, str]:
        """The written defaults that only development or only test uses."""
        stages = {"development": self.development, "test": self.test}
        return {stage: written for stage, written in stages.items() if written is not None}

    def default_in(self, stage: str) -> str | None:
        """Returns the written default of a stage; None where the stage must state its own."""
        return self.own_defaults.get(stage, self.default)

    def mistakes(self) -> Iterator[str]:
        """Yields what is wrong with what only this kind states."""
        yield from ()

    def expected(self) -> str:
        """Says in one phrase what a value looks like."""
        raise NotImplementedError

    def read(self, written: str) -> Any:
        """Reads a written value.

        Raises Refused rather than guess.
        """
        raise NotImplementedError

    def json_schema(self) -> Mapping[str, object]:
        """Returns the written form as JSON Schema 2020-12."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """Returns the written form of a value, fit to be shown: secrets are not in it."""
        return str(value)

    def quote(self, written: str) -> str:
        """Returns a refused value as an error may show it."""
        return quote_text(written)
