"""What fails with a history. The service goes on without it."""

from collections.abc import Mapping
from typing import Final, Literal

HistoryErrorCode = Literal[
    "HISTORY_FILE_FAILED",
    "HISTORY_FILE_SET_ASIDE",
    "HISTORY_READ_SLOW",
    "HISTORY_APPEND_SLOW",
]

_CODES: Final[Mapping[HistoryErrorCode, str]] = {
    "HISTORY_FILE_FAILED": "the file of the history cannot be used."
    " The service goes on without it.",
    "HISTORY_FILE_SET_ASIDE": "the file of the history held something else. It was kept under"
    " another name, and the minutes in it that can be read are still in the history.",
    "HISTORY_READ_SLOW": "the history has not answered for a minute."
    " What is said about the deployment is old.",
    "HISTORY_APPEND_SLOW": "the history takes no minutes."
    " Minutes are being lost; the service goes on.",
}
_OWNER: Final = "whoever runs the service"


class HistoryError(Exception):
    """A problem with the history; its text is fit to be printed."""

    def __init__(self, code: HistoryErrorCode, **facts: str) -> None:
        self.code = code
        lines = {**facts, "owner": _OWNER}
        name = lines.pop("name")
        block = [f"{name}  {code}", *(f"   {key:<10}{text}" for key, text in lines.items())]
        super().__init__("\n".join([_CODES[code], *block]))


class UnusableFile(Exception):
    """A file that cannot be used although no system call failed."""


def file_failed(file: str, cause: Exception) -> HistoryError:
    """Says why a file cannot be used."""
    why = cause.strerror if isinstance(cause, OSError) else str(cause)
    return HistoryError(
        "HISTORY_FILE_FAILED",
        name=file,
        got=str(why),
        expected="a regular file, or none yet, in a folder where this process may create and"
        " rename files, and free space",
        fix="make the folder writable for the user of the process, free space, or name another"
        " path",
        retry="yes: the same call works as soon as that is mended",
    )


def file_set_aside(file: str, aside: str, why: str, kept: int) -> HistoryError:
    """Says that a file was given another name."""
    return HistoryError(
        "HISTORY_FILE_SET_ASIDE",
        name=file,
        got=f"{why}; now {aside}",
        expected=f"one minute record a line; {kept} of them were kept",
        fix="give the history a path of its own; delete the file that was set aside when nobody"
        " needs it",
        retry="no: nothing is left to do, the history goes on",
    )


def read_slow() -> HistoryError:
    """Says that the history is still being read."""
    return _slow("HISTORY_READ_SLOW", "reading the history", "no answer yet")


def append_slow(minutes: int) -> HistoryError:
    """Says that the history is still being written."""
    return _slow("HISTORY_APPEND_SLOW", "writing the history", f"no answer for {minutes} minutes")


def _slow(code: HistoryErrorCode, name: str, got: str) -> HistoryError:
    return HistoryError(
        code,
        name=name,
        got=got,
        expected="an answer within a minute",
        fix="look at the disk of the history",
        retry="yes: the service asks again by itself as soon as the call before has ended",
    )
