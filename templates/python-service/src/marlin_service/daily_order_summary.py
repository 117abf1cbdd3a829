"""A scheduled job: counts the orders of the day before, once for each day."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from ._seaworthy.jobs import JobRun, schedule_key
from .database import CommandDatabase

NAME: Final = "daily-order-summary"
# Not at midnight: a start counts from a minute before it, and the day must be over by then.
_STARTS_AT: Final = "00:15"
_COUNT: Final = (
    "SELECT count(*), coalesce(sum(quantity), 0) FROM orders"
    " WHERE created_at >= :day AND created_at < :until"
)
_STORE: Final = (
    "INSERT INTO order_summaries (day, orders, quantity) VALUES (:day, :orders, :quantity)"
    " ON CONFLICT (day) DO UPDATE SET orders = excluded.orders, quantity = excluded.quantity"
)


class DailyOrderSummary:
    """The summary that is due at a moment; its key names the day on which it is written."""

    def __init__(self, database: CommandDatabase, at: datetime | None = None) -> None:
        self._database = database
        self.key = schedule_key(name=NAME, every="day", starts_at=_STARTS_AT, at=at)
        self._until = date.fromisoformat(self.key.removeprefix(f"{NAME}:"))
        self._day = self._until - timedelta(days=1)

    @property
    def input(self) -> dict[str, str]:
        """The day that is summed up."""
        return {"day": self._day.isoformat()}

    def run(self, run: JobRun[Any]) -> dict[str, Any]:
        """Counts outside the transaction, which would keep others from writing, then stores."""
        day = self._day.isoformat()
        given = {"day": day, "until": self._until.isoformat()}
        [(orders, quantity)] = self._database.execute(_COUNT, given)
        summary = {"day": day, "orders": int(orders), "quantity": int(quantity)}

        def store(_: object) -> dict[str, str]:
            self._database.execute(_STORE, summary)
            return {"day": day}

        run.commit(store, rows=1)
        return summary
