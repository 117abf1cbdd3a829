"""The one error of settings: every problem at once, and never a secret."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

EXIT_CODE_SETTINGS: Final = 78
_RETRY: Final = {
    True: "yes: a secret store may write it a little later. Start again in 10s;"
    " after five tries ask the owner.",
    False: "no: the same value fails again. Change it, then start again.",
}


@dataclass(frozen=True, kw_only=True)
class SettingProblem:
    """One thing to put right. `got` is fit to be shown."""

    name: str
    code: str
    got: str
    expected: str
    why: str
    fix: str
    owner: str
    label: str | None = None
    origin: str | None = None
    retryable: bool = False

    def render(self, number: int) -> str:
        """Returns the problem as its numbered block of lines."""
        label = "" if self.label is None else f"  ({self.label})"
        origin = "" if self.origin is None else f"  from {self.origin}"
        lines = {
            "got": f"{self.got}{origin}",
            "expected": self.expected,
            "why": self.why,
            "fix": self.fix,
            "retry": _RETRY[self.retryable],
            "owner": self.owner,
        }
        head = f"{number}. {self.name}{label}  {self.code}"
        return "\n".join([head, *(f"   {key:<10}{text}" for key, text in lines.items())])

    def as_data(self) -> dict[str, object]:
        """Returns the problem as JSON shows it; what it does not have is left out."""
        fields = {
            "code": self.code,
            "name": self.name,
            "setting": self.label,
            "got": self.got,
            "from": self.origin,
            "expected": self.expected,
            "why": self.why,
            "fix": self.fix,
            "retryable": self.retryable,
            "owner": self.owner,
        }
        return {name: value for name, value in fields.items() if value is not None}


class SettingsError(Exception):
    """Settings that are refused; `problems` holds the same as data."""

    def __init__(
        self,
        problems: Sequence[SettingProblem],
        declared_count: int,
        stage: str | None,
        outcome: str = "The service did not start.",
    ) -> None:
        self.problems = list(problems)
        self._rest = (declared_count, stage, outcome)
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        place = "no environment" if stage is None else stage
        head = f"SettingsError: {count} in {declared_count} settings ({place}). {outcome}"
        blocks = [problem.render(number) for number, problem in enumerate(problems, 1)]
        super().__init__("\n\n".join([head, *blocks]))

    def __reduce__(self) -> tuple[Any, ...]:
        # By default a copy would be made of the text alone.
        return type(self), (self.problems, *self._rest), self.__dict__
