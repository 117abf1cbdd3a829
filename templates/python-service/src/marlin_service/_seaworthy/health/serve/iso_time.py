"""Moments as they are printed."""

from datetime import UTC, datetime


def iso_time(at: float) -> str:
    """Returns seconds since 1970 as ISO 8601 in UTC, with milliseconds."""
    moment = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
    return moment.replace("+00:00", "Z")
