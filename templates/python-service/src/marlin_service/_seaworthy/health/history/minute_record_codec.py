"""One minute record a line, in the form that every language writes and reads."""

import json
from typing import Final, Literal, cast

from ..recording.minute_record import MinuteRecord, MinuteStratum, is_minute_record
from ..recording.request_marks import CACHE_CLASSES

_BEGIN: Final = '{"minute":'
# The last minute that fits the integer column of a database.
_LAST_MINUTE: Final = 2**31 - 1


def print_record(record: MinuteRecord) -> str:
    """Returns a record as one line of JSON.

    Raises ValueError for what is no record: written, it would damage the history.
    """
    if not _can_be_kept(record):
        raise ValueError("not a minute record that a history can keep")
    return json.dumps(_only_known(record), ensure_ascii=False, separators=(",", ":"))


def read_line(line: str) -> MinuteRecord | Literal["cut off", "foreign"]:
    """Returns a record, or what else the line is.

    It may be the beginning of one, whose process was killed or whose disk was full.
    """
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        # Whatever stands in it, a whole record is an object in an object in an object.
        begun = line.startswith(_BEGIN) or _BEGIN.startswith(line)
        return "cut off" if begun and not line.endswith("}}}") else "foreign"
    return _only_known(cast("MinuteRecord", value)) if _can_be_kept(value) else "foreign"


def _can_be_kept(value: object) -> bool:
    # What a history asks of a record beyond its shape: what a database can keep, and one way to
    # write the same times.
    if not is_minute_record(value):
        return False
    record = cast("MinuteRecord", value)
    return (
        record["minute"] <= _LAST_MINUTE
        and _is_storable(record["releaseId"])
        and all(_is_sorted(record["strata"][name]["times"]) for name in CACHE_CLASSES)
    )


def _is_sorted(times: list[tuple[int, int]]) -> bool:
    previous = -1
    for bucket, count in times:
        if bucket <= previous or count == 0:
            return False
        previous = bucket
    return True


def _is_storable(text: str) -> bool:
    # PostgreSQL keeps neither a NUL nor half a surrogate pair.
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _only_known(record: MinuteRecord) -> MinuteRecord:
    strata = record["strata"]
    return {
        "minute": record["minute"],
        "releaseId": record["releaseId"],
        "requests": record["requests"],
        "errors": record["errors"],
        "strata": {
            "hit": _only_counts(strata["hit"]),
            "miss": _only_counts(strata["miss"]),
            "none": _only_counts(strata["none"]),
        },
    }


def _only_counts(stratum: MinuteStratum) -> MinuteStratum:
    return {
        "requests": stratum["requests"],
        "databaseCalls": stratum["databaseCalls"],
        "times": stratum["times"],
    }
