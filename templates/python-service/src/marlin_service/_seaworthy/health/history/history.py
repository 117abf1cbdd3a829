"""Where completed minutes are kept, outside the process."""

from collections.abc import Sequence
from typing import Protocol

from ..recording.minute_record import MinuteRecord


class History(Protocol):
    """Both methods are called in a thread, and raise when they cannot do what was asked.

    Several processes may write to one at once, and each minute may hold several records.
    """

    def append(self, record: MinuteRecord) -> None:
        """Keeps one completed minute."""
        ...

    def read(self, since_minute: int) -> Sequence[MinuteRecord]:
        """Returns every kept record from that minute on, in any order."""
        ...
