"""The history outlives its processes, has a bound, and destroys nothing that is not its own."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from marlin_service._seaworthy.health import FileHistory
from marlin_service._seaworthy.health.history import file_writer
from marlin_service._seaworthy.health.history.history_error import (
    HistoryError,
)

from minute_records import record_of, stratum_of


class History:
    """A history in a folder of the test, and what it reported."""

    def __init__(self, folder: Path, most_minutes: int = 1440) -> None:
        self.problems: list[Exception] = []
        self.path = folder / "var" / "history.ndjson"
        self.files = FileHistory(self.path, self.problems.append, most_minutes)

    def append(self, *minutes: int, release_id: str = "v1") -> None:
        for minute in minutes:
            self.files.append(record_of(minute, release_id, miss=stratum_of(2, 900)))

    def minutes(self, since: int = 0) -> list[int]:
        return sorted(record["minute"] for record in self.files.read(since))

    def names(self) -> list[str]:
        return sorted(path.name for path in self.path.parent.iterdir())


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


def test_what_was_appended_is_read_by_another_process(history: History, tmp_path: Path) -> None:
    history.append(1, 2, 3)
    assert History(tmp_path).minutes(since=2) == [2, 3]
    assert history.problems == []


def test_a_history_that_is_not_there_is_empty(history: History) -> None:
    assert history.minutes() == []
    assert not history.path.exists()


def test_a_line_that_was_cut_off_is_left_out_and_stays_alone(history: History) -> None:
    history.append(1, 2)
    whole = history.path.read_bytes()
    history.path.write_bytes(whole[:-40])
    history.append(3)
    assert history.minutes() == [1, 3]
    assert (history.problems, history.names()) == ([], ["history.ndjson"])


def test_a_file_ends_when_it_spans_a_quarter_and_the_oldest_are_deleted(tmp_path: Path) -> None:
    history = History(tmp_path, most_minutes=8)
    history.append(*range(100))
    kept = history.minutes()
    assert kept == list(range(kept[0], 100))
    assert 8 <= len(kept) <= 12
    assert len(history.names()) <= 6


def test_a_foreign_file_is_set_aside_with_its_records_kept(history: History) -> None:
    history.append(1, 2)
    with history.path.open("a", encoding="utf-8") as file:
        file.write("\nhello\n")
    damaged = history.path.read_bytes()
    assert history.minutes() == [1, 2]
    history.append(3)
    assert history.minutes() == [1, 2, 3]
    [aside] = history.path.parent.glob("*.set-aside-*")
    assert aside.read_bytes() == damaged
    [problem] = history.problems
    assert isinstance(problem, HistoryError)
    assert problem.code == "HISTORY_FILE_SET_ASIDE"
    assert "line 4 is no minute record" in str(problem)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a,b\n1,2\n", b"{}\n"])
def test_appending_to_a_foreign_file_sets_it_aside_first(history: History, content: bytes) -> None:
    history.path.parent.mkdir()
    history.path.write_bytes(content)
    history.append(5)
    assert history.minutes() == [5]
    [aside] = history.path.parent.glob("*.set-aside-*")
    assert aside.read_bytes() == content


def test_files_of_others_in_the_folder_are_left_alone(history: History) -> None:
    history.path.parent.mkdir()
    names = ["history.ndjson.old", "history.ndjson.12", "other.ndjson.7-0123456789ab"]
    for name in names:
        (history.path.parent / name).write_text("x", encoding="utf-8")
    history.append(1)
    assert history.minutes() == [1]
    assert set(history.names()) == {"history.ndjson", *names}


def test_writers_that_share_a_path_lose_nothing(tmp_path: Path) -> None:
    writers = [History(tmp_path, most_minutes=40) for _ in range(4)]

    def write(writer: History) -> None:
        writer.append(*range(40))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, writers))
    assert writers[0].minutes() == sorted([*range(40)] * 4)
    assert all(writer.problems == [] for writer in writers)


def test_a_path_that_cannot_be_used_is_named_and_tried_again(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("", encoding="utf-8")
    history = History(tmp_path)
    with pytest.raises(HistoryError, match="HISTORY_FILE_FAILED") as raised:
        history.append(1)
    assert str(history.path) in str(raised.value)
    (tmp_path / "var").unlink()
    history.append(1)
    assert history.minutes() == [1]


def test_a_folder_and_a_device_are_never_renamed(history: History) -> None:
    history.path.mkdir(parents=True)
    with pytest.raises(HistoryError, match="HISTORY_FILE_FAILED"):
        history.append(1)
    history.path.rmdir()
    os.mkfifo(history.path)
    with pytest.raises(HistoryError, match="no regular file"):
        history.minutes()
    assert history.names() == ["history.ndjson"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_is_said(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.path.parent.mkdir()
    history.path.symlink_to("/dev/full")
    with pytest.raises(HistoryError, match="HISTORY_FILE_FAILED"):
        history.append(1)


def test_a_clock_that_was_set_back_lets_no_file_grow_for_ever(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_writer, "_LARGEST_BYTES_A_MINUTE", 2)
    history.append(*[5] * 20)
    assert len(history.names()) > 1
    assert history.minutes() == [5] * 20
