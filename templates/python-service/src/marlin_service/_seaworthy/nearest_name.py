"""Finds the declared name that a misspelt one was meant to be."""

from collections.abc import Iterable
from typing import Final

_NEAR_EDITS: Final = 2
_LONGEST_WORD: Final = 100


def nearest_name(word: str, known: Iterable[str]) -> str | None:
    """Returns the known name within two edits, or one that begins the word or is begun by it."""
    if not word or len(word) > _LONGEST_WORD:
        return None
    edits = {each: edit_distance(word, each) for each in known}
    near = [
        each
        for each, count in edits.items()
        if count <= _NEAR_EDITS or word.startswith(each) or each.startswith(word)
    ]
    return min(near, key=lambda each: edits[each], default=None)


def misspelt_name(word: str, known: Iterable[str]) -> str | None:
    """Returns the known name one or two edits away: near enough to call a typing error."""
    if len(word) > _LONGEST_WORD:
        return None
    near = (each for each in known if 0 < edit_distance(word, each) <= _NEAR_EDITS)
    return next(near, None)


def edit_distance(left: str, right: str) -> int:
    """Returns how many letters must be added, removed or changed."""
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        previous, row = row, [i]
        for j, other in enumerate(right, 1):
            changed = previous[j - 1] + (letter != other)
            row.append(min(previous[j] + 1, row[j - 1] + 1, changed))
    return row[-1]
