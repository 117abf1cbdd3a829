"""The ledger as a table: the statements that SQLite and PostgreSQL have in common."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Final, Generic, TypeVar

from . import ledger_statements as statements
from .job_problems import transaction_ended
from .job_store import Decision, EndedJob, JobClaim, JobRow, JobToken
from .wrong_options import WrongOptions

Connection = TypeVar("Connection")
_TABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,49}")


class SqlJobStore(ABC, Generic[Connection]):
    """A ledger in a table; see JobStore. A database adds how it locks, and what its errors mean."""

    now: ClassVar[str]
    placeholder: ClassVar[str]
    # What tells one transaction from the next.
    transaction_number: ClassVar[str]
    # Deletes up to `?` rows that are due, and returns a row for each.
    prune_statement: ClassVar[str]

    def __init__(self, table: object) -> None:
        wrong = WrongOptions("JOB_OPTIONS_INVALID", "the store")
        expected = "letters, digits and _, at most 50 of them, not beginning with a digit"
        valid = isinstance(table, str) and _TABLE.fullmatch(table) is not None
        wrong.demand(valid, "table", table, expected)
        wrong.raise_any()
        # Always quoted: a name means the same in every language, whatever its letters.
        self.table = f'"{table}"'
        self._words = statements.statement_words(str(table), self.now, self.transaction_number)

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Connection]:
        """Commits what the block did, or nothing of it; turns errors of its own into JobError."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Surrounds what only reads."""
        return self.transaction()

    @abstractmethod
    def query(
        self, connection: Connection, sql: str, parameters: Sequence[Any]
    ) -> Sequence[Sequence[Any]]:
        """Runs one statement of the ledger."""

    @abstractmethod
    def lock(self, connection: Connection, token: JobToken, idle_ms: int | None = None) -> None:
        """Waits until no other transaction works on the row; the clock is read afterwards.

        With idle_ms the database may end the transaction when nothing comes for so long.
        """

    @abstractmethod
    def run_effect(self, connection: Connection, effect: Callable[[Connection], str]) -> str:
        """Runs an effect within the transaction."""

    def migrate(self) -> None:
        """See JobStore."""
        with self.transaction() as connection:
            for statement in statements.MIGRATE:
                self._run(connection, statement)

    def claim(self, claim: JobClaim) -> tuple[Decision, JobRow]:
        """See JobStore."""
        work = (claim.name, claim.key)
        with self.transaction() as connection:
            # A row that is pruned between the statements is looked for again.
            while True:
                given = (*work, claim.input_hash, claim.holder, claim.lease_ms)
                for row in self._rows(connection, statements.INSERT, given):
                    return "claimed", row
                self.lock(connection, JobToken(*work, 0, claim.holder))
                for found in self._rows(connection, statements.FIND, work):
                    return self._claim_found(connection, claim, found)

    def _claim_found(
        self, connection: Connection, claim: JobClaim, found: JobRow
    ) -> tuple[Decision, JobRow]:
        decision = found.decide(claim.input_hash)
        if decision != "claimed":
            return decision, found
        work = (claim.name, claim.key)
        if found.gone:
            self._run(connection, statements.CLEAR, (claim.input_hash, *work))
        given = (claim.holder, claim.lease_ms, *work)
        [row] = self._rows(connection, statements.CLAIM_AGAIN, given)
        return "claimed", row

    def commit(
        self,
        token: JobToken,
        effect: Callable[[Connection], str],
        *,
        rows: int,
        lease_ms: int,
    ) -> bool:
        """See JobStore."""
        with self.transaction() as connection:
            self.lock(connection, token, idle_ms=lease_ms)
            held = self._run(connection, statements.HOLD, token)
            if not held:
                return False
            cursor = self.run_effect(connection, effect)
            advanced = (cursor, rows, lease_ms, *token, held[0][0])
            if not self._run(connection, statements.ADVANCE, advanced):
                raise transaction_ended(self.table)
            return True

    def finish(self, token: JobToken, result: str, keep_ms: int) -> bool:
        """See JobStore."""
        with self.transaction() as connection:
            self.lock(connection, token)
            return bool(self._run(connection, statements.FINISH, (result, keep_ms, *token)))

    def fail(self, token: JobToken, error: str) -> None:
        """See JobStore."""
        with self.transaction() as connection:
            self.lock(connection, token)
            self._run(connection, statements.FAIL, (error, *token))

    def prune(self, limit: int) -> int:
        """See JobStore."""
        with self.transaction() as connection:
            return len(self._run(connection, self.prune_statement, (limit,)))

    def ended_since(self, since: int | None) -> tuple[int, list[EndedJob]]:
        """See JobStore."""
        with self.reading() as connection:
            [[now]] = self._run(connection, statements.NOW)
            ended = [] if since is None else self._run(connection, statements.ENDED, (since,))
            return now, [EndedJob(*row) for row in ended]

    def _rows(
        self, connection: Connection, statement: str, parameters: Sequence[Any]
    ) -> list[JobRow]:
        found = self._run(connection, statement, parameters)
        return [JobRow(**dict(zip(statements.ROW_FIELDS, row, strict=True))) for row in found]

    def _run(
        self, connection: Connection, statement: str, parameters: Sequence[Any] = ()
    ) -> Sequence[Sequence[Any]]:
        sql = statement.format(**self._words).replace("?", self.placeholder)
        return self.query(connection, sql, parameters)
