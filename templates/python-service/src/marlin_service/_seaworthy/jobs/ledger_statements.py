"""The statements of the ledger, for SQLite and PostgreSQL: `?` for a parameter, words in braces."""

from typing import Final

MIGRATE: Final = (
    """
    CREATE TABLE IF NOT EXISTS {table} (
      name TEXT NOT NULL,
      key TEXT NOT NULL,
      input_hash TEXT NOT NULL,
      state TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      holder TEXT NOT NULL,
      lease_until BIGINT NOT NULL,
      cursor TEXT,
      row_count BIGINT NOT NULL DEFAULT 0,
      result TEXT,
      error TEXT,
      started_at BIGINT,
      ended_at BIGINT,
      keep_until BIGINT,
      PRIMARY KEY (name, key)
    )
    """,
    "CREATE INDEX IF NOT EXISTS {prune_index} ON {table} (state, keep_until)",
    "CREATE INDEX IF NOT EXISTS {ended_index} ON {table} (ended_at)",
)

_COLUMNS: Final = (
    "input_hash, state, attempt, holder, lease_until, cursor, row_count, result, keep_until, {now}"
)
# The fields of a JobRow, in the order of the columns.
ROW_FIELDS: Final = (*_COLUMNS.split(", ")[:-1], "now")

FIND: Final = "SELECT {columns} FROM {table} WHERE {work}"
INSERT: Final = (
    "INSERT INTO {table} (name, key, input_hash, state, attempt, holder, lease_until, started_at)"
    " VALUES (?, ?, ?, 'running', 1, ?, {now} + ?, {now})"
    " ON CONFLICT (name, key) DO NOTHING RETURNING {columns}"
)
# Of a row whose result need not be kept any longer, before it is claimed again.
CLEAR: Final = (
    "UPDATE {table} SET input_hash = ?, attempt = 0, cursor = NULL, row_count = 0, error = NULL,"
    " result = NULL, keep_until = NULL WHERE {work}"
)
CLAIM_AGAIN: Final = (
    "UPDATE {table} SET state = 'running', attempt = attempt + 1, holder = ?,"
    " lease_until = {now} + ?, started_at = {now}, ended_at = NULL"
    " WHERE {work} RETURNING {columns}"
)
HOLD: Final = "SELECT {transaction} FROM {table} WHERE {leased}"
# The row is locked: only another transaction explains that it is not found.
ADVANCE: Final = (
    "UPDATE {table} SET cursor = ?, row_count = row_count + ?, lease_until = {now} + ?"
    " WHERE {held} AND {transaction} = ? RETURNING attempt"
)
FINISH: Final = (
    "UPDATE {table} SET state = 'finished', result = ?, error = NULL, ended_at = {now},"
    " lease_until = {now}, keep_until = {now} + ? WHERE {leased} RETURNING attempt"
)
FAIL: Final = (
    "UPDATE {table} SET state = 'failed', error = ?, ended_at = {now}, lease_until = {now}"
    " WHERE {held}"
)

NOW: Final = "SELECT {now}"
# The fields of an EndedJob.
ENDED: Final = (
    "SELECT name, key, state, attempt, ended_at FROM {table} WHERE ended_at >= ? ORDER BY ended_at"
)


def statement_words(table: str, now: str, transaction: str) -> dict[str, str]:
    """Returns what stands for each word in braces."""
    words = {
        "table": f'"{table}"',
        "prune_index": f'"{table}_prune"',
        "ended_index": f'"{table}_ended"',
        "now": now,
        "transaction": transaction,
        "columns": _COLUMNS.format(now=now),
        "work": "name = ? AND key = ?",
    }
    words["held"] = "{work} AND state = 'running' AND attempt = ? AND holder = ?".format(**words)
    words["leased"] = "{held} AND lease_until > {now}".format(**words)
    # The time in a SELECT of its own, so that the index is used.
    due = "FROM {table} WHERE state = 'finished' AND keep_until <= (SELECT {now}) LIMIT ?"
    return {**words, "due": due.format(**words)}
