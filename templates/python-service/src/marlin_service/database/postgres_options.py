"""How a connection to PostgreSQL is made."""

import math
from typing import Any

from .._seaworthy.default_groups.postgres import Postgres
from .._seaworthy.redacted_url import RedactedUrl
from ..service import SERVICE_NAME


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
