"""Shipped settings with their production defaults. Generated; do not edit."""

from typing import Annotated, Literal

from ...service import SERVICE_OWNER
from ..settings_group import SettingsGroup
from ..text_kinds import OneOf, Text


class Logging(SettingsGroup):
    """The settings of the group logging."""

    label = "logging"

    level: Annotated[
        Literal["debug", "info", "warn", "error"],
        OneOf(
            env="LOG_LEVEL",
            default="info",
            words=("debug", "info", "warn", "error"),
            owner=SERVICE_OWNER,
            reason="debug writes details that do not belong into a production log; warn hides what is told of normal work, such as a line for each request",
            expect="lines of info, warn and error stand in the log, and none of debug",
            rollback="unset LOG_LEVEL wherever it is set and restart one instance; watch it, then restart the rest",
        ),
    ]
    redact_keys: Annotated[
        str,
        Text(
            env="LOG_REDACT_KEYS",
            default="authorization,cookie,set-cookie,password,token,secret,apikey,api_key,x-api-key",
            pattern="[A-Za-z0-9_-]+(,[A-Za-z0-9_-]+)*",
            description="names of fields joined by commas, such as password,token",
            owner=SERVICE_OWNER,
            reason="a field of one of these names, in upper or lower case, is removed from a log line, not masked: a mask still tells that it was there; a value replaces the whole list, so repeat these names in it; pino and Python logging remove nothing",
            expect="none of these names stands as a key in the log",
            rollback="never take a name away, so do not unset LOG_REDACT_KEYS where names were added: a field that is hidden by mistake gets another name in the code; a name that is missing is added: restart one instance; watch it, then restart the rest",
            source="https://github.com/pinojs/pino/blob/main/docs/redaction.md",
        ),
    ]
