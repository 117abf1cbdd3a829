"""The settings this service declares, beside the shipped groups it takes."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import SecretStr

from ._seaworthy.default_groups.health import Health
from ._seaworthy.default_groups.http_server import HttpServer
from ._seaworthy.default_groups.logging import Logging
from ._seaworthy.load_settings import load_settings
from ._seaworthy.quantity_kinds import Duration
from ._seaworthy.redacted_url import RedactedUrl
from ._seaworthy.settings_command import SettingsCommand
from ._seaworthy.settings_group import SettingsGroup
from ._seaworthy.settings_tree import SettingsTree
from ._seaworthy.text_kinds import SecretText, Text, Url
from .service import SERVICE_NAME, SERVICE_OWNER


class Service(SettingsGroup):
    """What is true of this service alone."""

    label = "service"

    database_url: Annotated[
        RedactedUrl,
        Url(
            env="DATABASE_URL",
            protocols=("sqlite:",),
            development="sqlite:var/development.db",
            test="sqlite:var/test.db",
            owner=SERVICE_OWNER,
            reason="each environment keeps its orders in a file of its own, so that no test"
            " reaches real orders",
            expect="orders survive a restart, and one environment never sees the orders of another",
            rollback="set the previous DATABASE_URL and restart; both files keep what they hold",
        ),
    ]
    health_token: Annotated[
        SecretStr,
        SecretText(
            env="HEALTH_TOKEN",
            min_length=16,
            development="development-health-token",
            test="development-health-token",
            owner=SERVICE_OWNER,
            reason="the full health document names dependencies, so strangers get its first lines"
            " only",
            expect="a request with the token gets the four numbers, one without it does not",
            rollback="restore the previous token in the secret store and restart one instance"
            " after the other",
        ),
    ]
    health_history_path: Annotated[
        str,
        Text(
            env="HEALTH_HISTORY_PATH",
            default="var/health-history.ndjson",
            development="var/development-health-history.ndjson",
            test="var/test-health-history.ndjson",
            owner=SERVICE_OWNER,
            reason="what a deployment changed is told from the minutes before it, which would go"
            " with the process that served them",
            expect="a line is added for each minute with traffic, and twelve minutes after a"
            " deployment answers.deploy no longer says collecting",
            rollback="set the previous HEALTH_HISTORY_PATH and restart one instance; both files"
            " keep what they hold",
        ),
    ]
    release_id: Annotated[
        str,
        Text(
            env="RELEASE_ID",
            default="unreleased",
            owner=SERVICE_OWNER,
            reason="every answer, log line and health document names the release that wrote it",
            expect="x-release names the tag that was deployed",
            rollback="start the previous tag with its own RELEASE_ID",
        ),
    ]
    order_cache_ttl_ms: Annotated[
        int,
        Duration(
            env="ORDER_CACHE_TTL",
            default="5m",
            minimum="1s",
            maximum="1h",
            owner=SERVICE_OWNER,
            reason="an order never changes once it is stored, so its age only costs memory",
            expect="reads of the same order cost no database call for five minutes",
            rollback="unset ORDER_CACHE_TTL and restart one instance",
        ),
    ]


class Settings(SettingsTree):
    """All settings of the service.

    The surprise: nothing is read at import; load() reads them.
    """

    http_server: HttpServer
    logging: Logging
    health: Health
    service: Service

    @classmethod
    def load(cls, environ: Mapping[str, str] = os.environ, root: Path | None = None) -> "Settings":
        """Loads the settings of this process.

        Raises SettingsError with every problem at once.
        """
        folder = root or Path.cwd()
        loaded = load_settings(cls, owner=SERVICE_OWNER, environ=environ, root=folder)
        return loaded.settings


if __name__ == "__main__":
    command = SettingsCommand(Settings, service=SERVICE_NAME, owner=SERVICE_OWNER, root=Path.cwd())
    sys.exit(command.run(sys.argv[1:]))
