"""A history in a file: one JSON record a line, which is only ever appended to."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ..recording.minute_record import MinuteRecord
from .file_names import list_full
from .file_writer import FileWriter
from .history_error import UnusableFile, file_failed
from .inspect_file import InspectedFile, inspect_file, set_aside
from .minute_record_codec import print_record

_ONE_DAY: Final = 1440


class FileHistory:
    """Keeps a day, at least; a quarter more may be kept.

    A process that is killed leaves at most one line cut off, which is left out. When the file
    spans a quarter of what is kept, it is renamed and the next one begins; the oldest are
    deleted. A file that holds anything else is set aside, said through `on_problem`, and never
    deleted.

    Several processes may share the path: a line is one write in append mode, which a local disk
    does not mix with another. Nothing is synced to the disk: a machine that loses power may lose
    its last minutes. Raises HistoryError; the next call tries again.
    """

    def __init__(
        self,
        path: Path,
        on_problem: Callable[[Exception], None],
        most_minutes: int = _ONE_DAY,
    ) -> None:
        # A later change of the working directory must not move the history.
        self._file = path.absolute()
        self._on_problem = on_problem
        self._writer = FileWriter(self._file, most_minutes, on_problem)

    def append(self, record: MinuteRecord) -> None:
        """Keeps one completed minute."""
        line = print_record(record)
        with self._naming():
            self._writer.append(record["minute"], line)

    def read(self, since_minute: int) -> Sequence[MinuteRecord]:
        """Returns every kept record from that minute on."""
        with self._naming():
            records = self._read_all()
        return [record for record in records if record["minute"] >= since_minute]

    @contextmanager
    def _naming(self) -> Iterator[None]:
        try:
            yield
        except (OSError, UnusableFile) as error:
            raise file_failed(str(self._file), error) from error

    def _read_all(self) -> list[MinuteRecord]:
        # The current file first: when it becomes a full one meanwhile, it is listed, and known by
        # its inode.
        current = inspect_file(self._file)
        full = [(each.path, inspect_file(each.path)) for each in list_full(self._file)]
        seen: dict[int, InspectedFile] = {}
        for path, inspected in [(self._file, current), *full]:
            if inspected is None or inspected.inode in seen:
                continue
            seen[inspected.inode] = inspected
            if inspected.damage is not None:
                self._set_aside(path, inspected)
        return [record for inspected in seen.values() for record in inspected.records]

    def _set_aside(self, path: Path, inspected: InspectedFile) -> None:
        # Reading needs no right to write: what can be read is returned all the same.
        try:
            set_aside(self._file, path, inspected, self._on_problem)
        except OSError as error:
            self._on_problem(file_failed(str(path), error))
