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
from ._seaworthy.default_groups.postgres import Postgres
from ._seaworthy.load_settings import load_settings
from ._seaworthy.quantity_kinds import Duration
from ._seaworthy.redacted_url import RedactedUrl
from ._seaworthy.settings_command import SettingsCommand
from ._seaworthy.settings_group import SettingsGroup
from ._seaworthy.settings_tree import SettingsTree
from ._seaworthy.text_kinds import SecretText, Text, Url
from .cache_settings import CacheSettings
from .service import SERVICE_NAME, SERVICE_OWNER


class Service(SettingsGroup):
    """What is true of this service alone."""

    label = "service"

    database_url: Annotated[
        RedactedUrl,
        Url(
            env="DATABASE_URL",
            protocols=("sqlite:", "postgres:", "postgresql:"),
            pattern=r"sqlite:(?!//[^/])(?:[^?%]|%(?!00)[0-7][0-9A-Fa-f])+"
            r"|postgres(?:ql)?:(?!.*[?&]sslmode=(?!(?:disable|require|verify-full)(?:&|$))).+",
            description="sqlite: and the path of a file without a host or a query, or a URL that"
            " begins with postgres: or postgresql: and names no sslmode but disable, require or"
            " verify-full",
            development="sqlite:var/development.db",
            test="sqlite:var/test.db",
            owner=SERVICE_OWNER,
            reason="each environment keeps its orders in a database of its own, so that no test"
            " reaches real orders; a file is enough for one instance on one host, more than one"
            " needs PostgreSQL",
            expect="orders survive a restart, and one environment never sees the orders of another",
            rollback="set the previous DATABASE_URL, run make migrate and restart; both databases"
            " keep what they hold",
        ),
    ]
    cache_url: Annotated[
        RedactedUrl,
        Url(
            env="CACHE_URL",
            protocols=("memory:", "redis:", "rediss:"),
            pattern=r"memory:|rediss?://[^/?]+(?:/[0-9]*)?",
            description="memory:, or a URL that begins with redis: or rediss: and ends with its"
            " host or the number of a database",
            development="memory:",
            test="memory:",
            owner=SERVICE_OWNER,
            reason="orders that were read lately are not read from the database again; memory:"
            " gives each process a cache of its own, redis: and rediss: one to all of them",
            expect="the second read of an order costs no database call; a cache that fails or"
            " stalls is a miss and never an error",
            rollback="set the previous CACHE_URL and restart one instance; what is in a cache may"
            " be lost at any time",
        ),
    ]
    idempotency_key_ttl_ms: Annotated[
        int,
        Duration(
            env="IDEMPOTENCY_KEY_TTL",
            default="24h",
            minimum="1m",
            maximum="720h",
            owner=SERVICE_OWNER,
            reason="a client that heard no answer repeats its request within a day, and then gets"
            " the first answer; longer only costs room in the database",
            expect="the same key with the same body gets the same answer for a day",
            rollback="unset IDEMPOTENCY_KEY_TTL and restart one instance; keys that are older go"
            " with the next ones that are stored",
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
    database: Postgres
    cache: CacheSettings
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
