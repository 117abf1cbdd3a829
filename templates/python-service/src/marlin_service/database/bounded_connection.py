"""A blocking connection to PostgreSQL on which no statement waits for ever."""

import math
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from psycopg.pq import TransactionStatus

Returned = TypeVar("Returned")


class BoundedConnection(psycopg.Connection[tuple[Any, ...]]):
    """Gives a statement up like pg in Node does: the server may be stopped, or cut off.

    The connection is closed then, because the next statement would wait behind the one that hangs.
    """

    limit_seconds: float = math.inf

    def wait(
        self,
        gen: Generator[Any, Any, Returned],
        interval: float = 0.1,
        timeout: float | None = None,
    ) -> Returned:
        """Waits for the server, no longer than the limit.

        Raises OperationalError after it.
        """
        limit = self.limit_seconds if timeout is None else timeout
        try:
            return super().wait(gen, interval, None if math.isinf(limit) else limit)
        except psycopg.OperationalError:
            # Whatever the server answered with has ended the statement: this one has no answer.
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise


def connect_bounded(options: dict[str, Any], limit_seconds: float) -> BoundedConnection:
    """Connects; `options` are those of `connect` of psycopg."""
    connection = BoundedConnection.connect(**options)
    connection.limit_seconds = limit_seconds
    return connection
