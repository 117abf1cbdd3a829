"""The verdict for people. It says what was seen, never that all is well."""

from .cache_guard import UnknownCacheStatus
from .change_clauses import change_clauses, unchanged_strata
from .deploy_verdict import DeployNumbers, SmallestChange, VerdictWord
from .difference import FEWEST_MINUTES
from .find_missing import Missing, MissingMinutes
from .format_numbers import fixed, grouped, percent, time_of_day
from .placebo_history import FEWEST_PLACEBOS
from .stratum_names import stratum_name
from .would_have_shown import would_have_shown


def collecting_sentence(first_reading_minute: int) -> str:
    """Says when the first reading is due."""
    due = time_of_day(first_reading_minute)
    return f"Collecting: the first reading is due at {due}. Until then no change would have shown."


def sentence_of(
    verdict: VerdictWord,
    numbers: DeployNumbers,
    smallest: SmallestChange,
    *,
    release_id: str,
    missing: Missing | None,
    preliminary: bool,
) -> str:
    """Says what was found, what it was held against, and what would have shown."""
    clauses = change_clauses(numbers)
    parts = [
        _opening(verdict, numbers, release_id, missing),
        *clauses,
        unchanged_strata(numbers) if clauses and verdict != "no change seen" else "",
        _cache_line(numbers),
        would_have_shown(numbers, smallest),
    ]
    text = " ".join(part for part in parts if part)
    if not preliminary:
        return text
    held = f"{numbers['comparisons']} of {FEWEST_PLACEBOS} earlier comparisons"
    return f"Preliminary, with {held}: {text[0].lower()}{text[1:]}"


def _opening(
    verdict: VerdictWord, numbers: DeployNumbers, release_id: str, missing: Missing | None
) -> str:
    if verdict == "not enough data":
        following = numbers["nextReadingMinute"]
        last = "that was the last reading"
        then = last if following is None else f"next reading {time_of_day(following)}"
        why = "" if missing is None else _reason(missing, numbers)
        return f"Not enough data: {why}; {then}."
    if verdict != "no change seen":
        return ""
    better = any(test["changed"] for test in numbers["tests"])
    counted = f"{numbers['readAfterMinutes']} min, {grouped(numbers['after']['requests'])} requests"
    return f"No change{' for the worse' if better else ''} seen since {release_id} ({counted})."


def _reason(missing: Missing, numbers: DeployNumbers) -> str:
    if isinstance(missing, MissingMinutes):
        return f"{missing.have} of {FEWEST_MINUTES} minutes {missing.side} the deployment"
    if isinstance(missing, UnknownCacheStatus):
        after, before = percent(missing.after), percent(missing.before)
        return f"no cache status on {after} % of requests, {before} % before"
    short = stratum_name(missing["stratum"], numbers).short
    unit = f"minutes with {short}" if missing["unit"] == "minutes" else short
    return f"{grouped(missing['have'])} of {missing['needed']} {unit}"


def _cache_line(numbers: DeployNumbers) -> str:
    # The hit ratio has a line of its own: it is never counted as a change of speed.
    before, after = numbers["before"]["hitRatio"], numbers["after"]["hitRatio"]
    if before is None or after is None:
        return ""
    was, now = fixed(before * 100, 0), fixed(after * 100, 0)
    if was == now:
        return ""
    warming = after < before and numbers["after"]["hitRatioRises"]
    return f"Cache {was} → {now} %{', still warming' if warming else ''}."
