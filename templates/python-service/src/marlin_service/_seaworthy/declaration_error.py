"""The error of a wrong declaration: a mistake of the program, found when it is imported."""

from collections.abc import Iterable


class DeclarationError(TypeError):
    """Settings that were declared wrongly; `problems` names each mistake."""

    code = "CFG_DECLARATION"

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = f"{count} wrong declaration{'' if count == 1 else 's'}:"
        super().__init__("\n".join([head, *(f"- {problem}" for problem in self.problems)]))
