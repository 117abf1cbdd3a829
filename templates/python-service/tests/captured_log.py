"""The log of a test, as the fields that each line would have."""

import logging
from collections.abc import Callable
from typing import Any

import pytest

LogLines = Callable[[], list[dict[str, Any]]]


def captured_log(caplog: pytest.LogCaptureFixture) -> LogLines:
    """Returns what reads the lines that the service wrote so far."""
    caplog.set_level(logging.INFO, logger="service")

    def lines() -> list[dict[str, Any]]:
        return [
            {"level": record.levelname, "message": record.message, **getattr(record, "fields", {})}
            for record in caplog.records
            if record.name == "service"
        ]

    return lines
