"""Finds the declared name that a misspelt one was meant to be."""

from collections.abc import Iterable
from typing import Final

_NEAR_EDITS: Final = 2
_LONGEST_WORD: Final = 100


def nearest_name(word: str, known: Iterable[str]) -> str | None:
    """Returns the known name within two edits, or one that begins the word or is begun by it."""
    if not word or len(_letters(word)) > _LONGEST_WORD:
        return None
    edits = {each: edit_distance(word, each, _LONGEST_WORD) for each in known}
    near = [
        each
        for each, count in edits.items()
        if count <= _NEAR_EDITS or word.startswith(each) or each.startswith(word)
    ]
    return min(near, key=lambda each: edits[each], default=None)


def misspelt_name(word: str, known: Iterable[str]) -> str | None:
    """Returns the known name one or two edits away: near enough to call a typing error."""
    if len(_letters(word)) > _LONGEST_WORD:
        return None
    near = (each for each in known if 0 < edit_distance(word, each, _NEAR_EDITS) <= _NEAR_EDITS)
    return next(near, None)


def edit_distance(left: str, right: str, limit: int) -> int:
    """Returns how many letters must be added, removed or changed; limit + 1 where more.

    Every environment variable meets every declared name at each start: only the cells within the
    limit of the diagonal are computed, and most pairs are given up after a few letters.
    """
    lefts, rights = _letters(left), _letters(right)
    too_many = limit + 1
    if abs(len(lefts) - len(rights)) > limit:
        return too_many
    row = list(range(len(rights) + 1))
    for i, letter in enumerate(lefts, 1):
        previous, row = row, [too_many] * (len(rights) + 1)
        if i <= limit:
            row[0] = i
        for j in range(max(1, i - limit), min(len(rights), i + limit) + 1):
            changed = previous[j - 1] + (letter != rights[j - 1])
            row[j] = min(previous[j] + 1, row[j - 1] + 1, changed)
        if min(row) > limit:
            return too_many
    return min(row[-1], too_many)


def _letters(word: str) -> memoryview:
    # The units that other languages count: a character beyond U+FFFF has two.
    return memoryview(word.encode("utf-16-le", "surrogatepass")).cast("H")
