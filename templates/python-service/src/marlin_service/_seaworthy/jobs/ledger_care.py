"""What a ledger needs beside its jobs: its table, and room."""

from typing import Any, Final

from .job_store import JobStore

_BATCH_ROWS: Final = 1_000


def migrate(store: JobStore[Any]) -> None:
    """Makes the table of the ledger where it is missing. Call it where the migrations run."""
    store.migrate()


def prune(store: JobStore[Any], limit: int | None = None) -> int:
    """Deletes finished keys that need not be kept any longer, and returns how many it were.

    It goes on batch by batch, so that no transaction is long. Failed keys stay: they hold a cursor.
    """
    pruned = 0
    while limit is None or pruned < limit:
        batch = _BATCH_ROWS if limit is None else min(_BATCH_ROWS, limit - pruned)
        deleted = store.prune(batch)
        pruned += deleted
        if deleted < batch:
            break
    return pruned
