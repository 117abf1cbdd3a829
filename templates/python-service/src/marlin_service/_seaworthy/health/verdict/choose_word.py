"""The word for what was found."""

from collections.abc import Sequence
from typing import Final, Literal

from .deploy_verdict import DeployTest, VerdictWord

Direction = VerdictWord | Literal["fewer errors", "less database work"]

# From what has to be known first to what can wait; fewer errors and less database work have no
# word of their own.
_BY_URGENCY: Final[tuple[VerdictWord, ...]] = (
    "more errors",
    "slower",
    "more database work",
    "faster",
)


def direction_of(test: DeployTest) -> Direction:
    """Returns which way a test went, whether or not that counts as a change."""
    more = test["after"] > test["before"]
    if test["kind"] == "errors":
        return "more errors" if more else "fewer errors"
    if test["kind"] == "databaseCalls":
        return "more database work" if more else "less database work"
    return "slower" if more else "faster"


def choose_word(tests: Sequence[DeployTest], *, complete: bool) -> VerdictWord:
    """Returns the word; `complete` where enough was compared to say that nothing changed."""
    directions = {direction_of(test) for test in tests if test["changed"]}
    for word in _BY_URGENCY:
        if word in directions:
            return word
    return "no change seen" if complete else "not enough data"
