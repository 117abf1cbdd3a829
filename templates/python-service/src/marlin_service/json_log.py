"""Writes the log: one JSON object a line on standard output."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Final

from .hidden_keys import HiddenKeys

_LEVELS: Final = {"debug": 10, "info": 20, "warn": 30, "error": 40}
_NAMES: Final = {10: "debug", 20: "info", 30: "warn", 40: "error", 50: "error"}
# A field of such a name is written with an underscore after it.
_OWN: Final = frozenset({"time", "level", "message"})

logger: Final = logging.getLogger("service")


def start_log(level: str, redact_keys: str) -> None:
    """Sends every Python log, the server's too, through one formatter.

    What libraries say is kept from warning on. Fields that redact_keys names are left out.
    """
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter(HiddenKeys(redact_keys)))
    logging.basicConfig(handlers=[handler], level=max(_LEVELS[level], logging.WARNING), force=True)
    logging.captureWarnings(True)
    logger.setLevel(_LEVELS[level])


def log_fields(level: str, message: str, **fields: object) -> None:
    """Writes one line with named fields after its message."""
    logger.log(_LEVELS[level], message, extra={"fields": fields})


def error_fields(error: BaseException) -> dict[str, object]:
    """Returns an error as the log shows it."""
    stack = "".join(traceback.format_exception(error))
    return {"type": type(error).__name__, "message": str(error), "stack": stack}


class JsonFormatter(logging.Formatter):
    """Formats a record as one line. Escapes all that is not ASCII, so nothing can break a line."""

    def __init__(self, hidden: HiddenKeys) -> None:
        super().__init__()
        self._hidden = hidden

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields: dict[str, object] = {**getattr(record, "fields", {})}
        if record.exc_info and record.exc_info[1]:
            fields["error"] = error_fields(record.exc_info[1])
        line: dict[str, object] = {
            "time": moment.replace("+00:00", "Z"),
            "level": _NAMES.get(record.levelno, "info"),
            "message": record.getMessage().strip(),
        }
        for name, value in self._hidden.leave_out(fields).items():
            line[f"{name}_" if name in _OWN else name] = value
        return json.dumps(line, default=repr, separators=(",", ":"))
