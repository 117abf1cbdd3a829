"""Holm's procedure."""

from collections.abc import Sequence


def holm(ps: Sequence[float], alpha: float) -> list[bool]:
    """Returns which of these p values count as changes.

    A family without any change has one at most in a share `alpha` of all cases.
    """
    rejected = [False] * len(ps)
    for rank, index in enumerate(sorted(range(len(ps)), key=lambda each: ps[each])):
        if ps[index] * (len(ps) - rank) > alpha:
            break
        rejected[index] = True
    return rejected
