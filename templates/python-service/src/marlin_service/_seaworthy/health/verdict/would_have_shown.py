"""The sentence that every answer ends with."""

import math

from ..recording.request_marks import CACHE_CLASSES, CacheClass
from .deploy_verdict import DeployNumbers, SmallestChange
from .format_numbers import fixed, percent
from .stratum_names import stratum_name


def would_have_shown(numbers: DeployNumbers, smallest: SmallestChange) -> str:
    """Says what would have been noticed, apart from what was."""

    def is_known(stratum: CacheClass | None, *kinds: str) -> bool:
        return any(
            test["changed"] and test["stratum"] == stratum and test["kind"] in kinds
            for test in numbers["tests"]
        )

    times, calls = [], []
    for stratum in CACHE_CLASSES:
        name = stratum_name(stratum, numbers)
        share, more = smallest["slowDown"][stratum], smallest["databaseCalls"][stratum]
        if share is not None and not is_known(stratum, "p50", "p95"):
            times.append(f"of about {_rounded_up(share)} % or more on {name.full}")
        if more is not None and not is_known(stratum, "databaseCalls"):
            tenths = math.ceil(more * 10 - 1e-9) / 10
            calls.append(f"{fixed(tenths, 1)} more database calls per {name.one}")
    parts = [f"a slow-down {time}" if index == 0 else time for index, time in enumerate(times)]
    error_rate = smallest["errorRate"]
    if error_rate is not None and not is_known(None, "errors"):
        parts.append(f"an error rate of {percent(error_rate)} %")
    parts += calls
    if not parts:
        other = " other" if any(test["changed"] for test in numbers["tests"]) else ""
        return f"No{other} change would have shown."
    text = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"
    return f"{text[0].upper()}{text[1:]} would have shown."


def _rounded_up(share: float) -> int:
    # Upwards, to five per cent: what is promised has to show.
    return math.ceil(share * 20) * 5
