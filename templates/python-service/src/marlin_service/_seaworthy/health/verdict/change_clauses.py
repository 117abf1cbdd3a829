"""One sentence for each thing that changed, the worst first."""

from collections.abc import Sequence

from ..recording.request_marks import CACHE_CLASSES, CacheClass
from .choose_word import Direction, direction_of
from .deploy_verdict import DeployNumbers, DeployTest
from .format_numbers import fixed, grouped, growth, milliseconds, percent
from .placebo_history import FEWEST_PLACEBOS
from .stratum_names import stratum_name


def change_clauses(numbers: DeployNumbers) -> list[str]:
    """Returns the sentences; the first one says what it was held against."""
    changed = [test for test in numbers["tests"] if test["changed"]]
    speed_changed = any(_is_time(test) for test in changed)
    work = "More database work" if speed_changed else "Same speed, more database work"
    titles: tuple[tuple[str, Direction], ...] = (
        ("More errors", "more errors"),
        ("Slower", "slower"),
        (work, "more database work"),
        ("Faster", "faster"),
        ("Fewer errors", "fewer errors"),
        ("Less database work", "less database work"),
    )
    clauses: list[str] = []
    for title, direction in titles:
        tests = [test for test in changed if direction_of(test) == direction]
        if tests:
            held_against = "" if clauses else _evidence(tests, numbers)
            clauses.append(f"{title}: {_describe_all(tests, numbers)}{held_against}.")
    return clauses


def unchanged_strata(numbers: DeployNumbers) -> str:
    """Names the strata whose times were compared and did not change, where others did."""
    names = []
    for stratum in CACHE_CLASSES:
        tests = [test for test in numbers["tests"] if test["stratum"] == stratum and _is_time(test)]
        if tests and not any(test["changed"] for test in tests):
            names.append(stratum_name(stratum, numbers).short)
    text = " and ".join(names)
    return f"{text[0].upper()}{text[1:]} unchanged." if text else ""


def _is_time(test: DeployTest) -> bool:
    return test["kind"] in ("p50", "p95")


def _describe_all(tests: Sequence[DeployTest], numbers: DeployNumbers) -> str:
    # A stratum is named once, however many of its quantiles changed.
    named: CacheClass | None = None
    parts = []
    for test in tests:
        parts.append(_describe(test, numbers, named))
        named = test["stratum"]
    return ", ".join(parts)


def _describe(test: DeployTest, numbers: DeployNumbers, named: CacheClass | None) -> str:
    stratum, before, after = test["stratum"], test["before"], test["after"]
    if stratum is None:
        sides = (numbers["before"], numbers["after"])
        counts = [f"{grouped(side['errors'])} of {grouped(side['requests'])}" for side in sides]
        return f"{percent(before)} → {percent(after)} % ({' → '.join(counts)})"
    name = stratum_name(stratum, numbers)
    if test["kind"] == "databaseCalls":
        return f"{fixed(before, 1)} → {fixed(after, 1)} calls per {name.one}"
    times = f"{milliseconds(before)} → {milliseconds(after)} ms ({growth(before, after)})"
    return f"{'' if stratum == named else f'{name.short} '}{test['kind']} {times}"


def _evidence(tests: Sequence[DeployTest], numbers: DeployNumbers) -> str:
    # What the least convincing of these tests was larger than.
    if numbers["mode"] == "side by side":
        return ", side by side"
    least = tests[0]
    for test in tests[1:]:
        # As shares, without a division by none.
        if test["largerThan"] * least["comparisons"] < least["largerThan"] * test["comparisons"]:
            least = test
    comparisons, larger = least["comparisons"], least["largerThan"]
    if comparisons < FEWEST_PLACEBOS:
        return ""
    which = f"all {comparisons}" if larger == comparisons else f"{larger} of {comparisons}"
    hours = fixed(numbers["historyHours"], 0)
    return f"; larger than {which} comparisons of the last {hours} h without a deployment"
