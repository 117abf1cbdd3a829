"""Decides which comparisons are changes."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from .compare_windows import Comparison
from .deploy_verdict import DeployTest, SmallestChange
from .effect_gate import is_large_enough
from .holm import holm
from .placebo_history import PlaceboHistory, placebo_degrees_of_freedom, placebo_scale
from .smallest_change import Sensitivity, smallest_change
from .student_t import critical_t, two_sided_p

# What is called the smallest change that would have shown has to show in four of five
# deployments. The spread it is made of is itself an estimate, which costs some of what is aimed at.
_POWER: Final = 0.85


class _Scaled(NamedTuple):
    factor: float
    moments: int
    larger_than: int
    degrees_of_freedom: float
    p: float


def judge_tests(
    comparisons: Sequence[Comparison], alpha: float, placebo: PlaceboHistory | None
) -> tuple[list[DeployTest], SmallestChange]:
    """Scales every comparison by its placebos, and lets Holm and the effect gate decide.

    `alpha` is the share of false alarms allowed to this reading; `placebo` is None where both
    releases served at once: then nothing needs to be scaled.
    """
    zs = {} if placebo is None else placebo.zs
    scaled = [_scale(each, zs.get(each.key, [])) for each in comparisons]
    rejected = holm([each.p for each in scaled], alpha)
    tests = [
        _test(comparison, each, is_rejected=is_rejected)
        for comparison, each, is_rejected in zip(comparisons, scaled, rejected, strict=True)
    ]
    # The first step of Holm's procedure is the hardest, and the only one that does not depend on
    # the others.
    quantile = lru_cache(critical_t)
    sensitivities = []
    for comparison, each in zip(comparisons, scaled, strict=True):
        from_effect = each.factor * quantile(2 * (1 - _POWER), each.degrees_of_freedom)
        critical = quantile(alpha / len(comparisons), each.degrees_of_freedom)
        from_nothing = each.factor * critical + from_effect
        sensitivities.append(Sensitivity(comparison, from_nothing, from_effect))
    return tests, smallest_change(sensitivities)


def _scale(comparison: Comparison, zs: Sequence[float]) -> _Scaled:
    difference = comparison.difference
    factor = placebo_scale(zs)
    degrees = placebo_degrees_of_freedom(len(zs)) if zs else difference.degrees_of_freedom
    larger = sum(abs(z) < abs(difference.z) for z in zs)
    return _Scaled(factor, len(zs), larger, degrees, two_sided_p(difference.z / factor, degrees))


def _test(comparison: Comparison, scaled: _Scaled, *, is_rejected: bool) -> DeployTest:
    z = comparison.difference.z
    same_way = _sign(comparison.after - comparison.before) == _sign(z)
    return {
        "stratum": comparison.stratum,
        "kind": comparison.kind,
        "before": comparison.before,
        "after": comparison.after,
        "z": z,
        "placeboScale": scaled.factor,
        "comparisons": scaled.moments,
        "largerThan": scaled.larger_than,
        "degreesOfFreedom": scaled.degrees_of_freedom,
        "p": scaled.p,
        "changed": is_rejected and same_way and is_large_enough(comparison),
    }


def _sign(value: float) -> float:
    return 0.0 if value == 0 else math.copysign(1.0, value)
