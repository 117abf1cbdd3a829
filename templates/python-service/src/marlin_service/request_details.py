"""What requests do, line by line, for an hour of LOG_LEVEL=debug.

Names and times, and never what a client sent.
"""

import logging
import re
import time
from contextvars import ContextVar
from typing import Final, Literal

from .json_log import log_fields, logger

# What came of asking the cache: `failed` is no answer, `bypassed` was not asked.
CacheOutcome = Literal["hit", "miss", "failed", "bypassed"]

# Of the request that runs now; whatever it starts inherits it.
current_request_id: ContextVar[str | None] = ContextVar("current_request_id", default=None)

_VERB: Final = re.compile(r"\w+")
_TABLE: Final = re.compile(r'\b(?:from|into|update)\s+"?(\w+)', re.IGNORECASE)


def are_told() -> bool:
    """Whether anybody reads them: at any other level nobody measures or names anything for it."""
    return logger.isEnabledFor(logging.DEBUG) and current_request_id.get() is not None


def tell_database_call(sql: str, started: float, *, failed: bool) -> None:
    """Tells of a statement that began then, by `time.perf_counter()`."""
    _tell("database call", statement=statement_name(sql), durationMs=_since(started), failed=failed)


def tell_cache_read(outcome: CacheOutcome, started: float) -> None:
    """Tells what came of asking the cache, which began then, by `time.perf_counter()`."""
    if are_told():
        _tell("cache read", outcome=outcome, durationMs=_since(started))


def statement_name(sql: str) -> str:
    """Returns `select orders` for any statement that reads orders.

    It is what the statement does, and the first table that it names.
    """
    verb, table = _VERB.search(sql), _TABLE.search(sql)
    return " ".join([*([verb[0]] if verb else []), *([table[1]] if table else [])]).lower()


def _tell(message: str, **fields: object) -> None:
    log_fields("debug", message, requestId=current_request_id.get(), **fields)


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
