"""Names the slot of a schedule, so that two schedulers that fire for it use one key."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .wrong_options import NAME_EXPECTED, WrongOptions, is_name

Every = Literal["minute", "hour", "day", "week", "month"]

# A scheduler whose clock is a little behind has started the next slot.
_EARLY: Final = {
    "minute": timedelta(seconds=15),
    "hour": timedelta(minutes=1),
    "day": timedelta(minutes=1),
    "week": timedelta(minutes=1),
    "month": timedelta(minutes=1),
}
_WITHOUT_START: Final = ("minute", "hour")
_STARTS_AT: Final = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


def schedule_key(
    *,
    name: str,
    every: Every,
    starts_at: str | None = None,
    time_zone: str = "UTC",
    at: datetime | None = None,
) -> str:
    """Returns the key of the slot that a moment belongs to: `nightly-report:2026-11-23`.

    The surprise: a moment up to a minute before a slot (15 s for `minute`) belongs to it already.
    Raises JobError SCHEDULE_INVALID with every problem at once.
    """
    moment, zone = datetime.now(UTC) if at is None else at, _zone(time_zone)
    wrong = WrongOptions("SCHEDULE_INVALID", "schedule_key")
    wrong.demand(is_name(name), "name", name, NAME_EXPECTED)
    expected = "'minute', 'hour', 'day', 'week' or 'month'"
    wrong.demand(every in _EARLY, "every", every, expected)
    expected = "HH:MM from 00:00 to 23:59, with day, week and month only"
    wrong.demand(_can_start(starts_at, every), "starts_at", starts_at, expected)
    expected = "the name of a time zone, such as Europe/Berlin"
    wrong.demand(zone is not None, "time_zone", time_zone, expected)
    expected = "a moment with its time zone, in the years 1970 to 9998"
    wrong.demand(_is_moment(moment), "at", moment, expected)
    wrong.raise_any()
    start = time.fromisoformat(starts_at or "00:00")
    return f"{name}:{_slot(every, moment.astimezone(UTC) + _EARLY[every], zone or UTC, start)}"


def _slot(every: Every, moment: datetime, zone: tzinfo, start: time) -> str:
    if every == "minute":
        return f"{moment:%Y-%m-%dT%H:%MZ}"
    if every == "hour":
        return f"{moment:%Y-%m-%dT%HZ}"
    day = _day(moment, zone, start)
    if every == "week":
        return f"{day:%G-W%V}"
    return f"{day:%Y-%m}" if every == "month" else f"{day:%Y-%m-%d}"


def _day(moment: datetime, zone: tzinfo, start: time) -> date:
    local = moment.astimezone(zone)
    day = local.date() if local.time() >= start else local.date() - timedelta(days=1)
    following = day + timedelta(days=1)
    shown = datetime.combine(following, start)
    first = shown.replace(tzinfo=zone).astimezone(UTC)
    exists = first.astimezone(zone).replace(tzinfo=None) == shown
    # Where the clock went back over the start, the following day has begun already.
    return following if exists and first <= moment else day


def _zone(name: str) -> tzinfo | None:
    # Needs no database of time zones, which a small machine may lack.
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        return None


def _can_start(starts_at: object, every: object) -> bool:
    if starts_at is None:
        return True
    valid = isinstance(starts_at, str) and _STARTS_AT.fullmatch(starts_at) is not None
    return valid and every not in _WITHOUT_START


def _is_moment(at: object) -> bool:
    return isinstance(at, datetime) and at.tzinfo is not None and 1970 <= at.year <= 9998
