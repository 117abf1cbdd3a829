"""When a deployment is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# A new process fills its pools and opens its connections: its first minutes say nothing about the
# release.
WARM_UP_MINUTES: Final = 3
# A process whose clock is a minute late has not written its minute yet.
_CLOCK_TOLERANCE_MINUTES: Final = 1
# A fixed number: who looks again and again until something shows has 14 false alarms in 100.
DEFAULT_READINGS: Final = (10, 30, 60)


@dataclass(frozen=True)
class Readings:
    """The latest reading that is due, in minutes after the deployment, and when the next one is."""

    latest: int | None
    next_minute: int | None
    count: int


def readings_at(
    deployed_at_minute: int, now_minute: int, read_after_minutes: Sequence[int] | None = None
) -> Readings:
    """Returns the readings as they stand at a minute."""
    readings = read_after_minutes or DEFAULT_READINGS
    latest = next_minute = None
    for minutes in readings:
        due = deployed_at_minute + minutes + _CLOCK_TOLERANCE_MINUTES
        if due <= now_minute:
            latest = minutes
        elif next_minute is None:
            next_minute = due
    return Readings(latest, next_minute, len(readings))


def first_reading_minute(deployed_at_minute: int) -> int:
    """Returns when the first reading is due, in minutes since 1970."""
    return deployed_at_minute + DEFAULT_READINGS[0] + _CLOCK_TOLERANCE_MINUTES
