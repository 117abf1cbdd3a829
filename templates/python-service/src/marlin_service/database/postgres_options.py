"""How a connection to PostgreSQL is made, and why one could not be."""

import math
from typing import Any

from .._seaworthy.default_groups.postgres import Postgres
from .._seaworthy.redacted_url import RedactedUrl
from ..service import SERVICE_NAME, SERVICE_OWNER
from ..start_error import StartError


def postgres_options(url: RedactedUrl, limits: Postgres) -> dict[str, Any]:
    """Returns the arguments of `connect` of psycopg. libpq reads the URL itself, options too."""
    return {
        "conninfo": url.get_secret_value(),
        "application_name": SERVICE_NAME,
        # Each statement stands for itself unless BEGIN is sent.
        "autocommit": True,
        "connect_timeout": math.ceil(limits.pool_wait_timeout_ms / 1000),
        # A pooler gives each transaction another session, which does not know what was prepared.
        "prepare_threshold": None,
        # A network that drops everything in silence: the system waits a quarter of an hour.
        "tcp_user_timeout": limits.query_timeout_ms,
        "keepalives_idle": 30,
    }


def database_unreachable(url: RedactedUrl) -> StartError:
    """The start needs a database that answers; what the driver said may hold the password."""
    return StartError(
        "the database does not answer",
        code="START_DATABASE_UNREACHABLE",
        got=str(url),
        expected="a PostgreSQL that answers and lets this user in",
        fix="start it, or correct DATABASE_URL",
        retry="yes: once it answers",
        owner=SERVICE_OWNER,
    )
