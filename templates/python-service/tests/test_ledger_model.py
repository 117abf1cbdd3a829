"""The ledger keeps to a simple model, in memory and in SQLite."""

from ledger_model import LedgerModel
from ledgers import Ledger, MemoryLedger, sqlite_ledger


class InMemory(LedgerModel):
    def make_ledger(self) -> Ledger:
        return MemoryLedger()


class InSqlite(LedgerModel):
    def make_ledger(self) -> Ledger:
        return sqlite_ledger()


TestInMemory = InMemory.TestCase
TestInSqlite = InSqlite.TestCase
