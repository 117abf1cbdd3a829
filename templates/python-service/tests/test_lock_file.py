"""A lock file is read as it was written, and holds nothing but versions, markers and hashes."""

from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

import lock
from lock_error import LockError
from lock_file import Pin, parse_lock, write_lock
from lock_inputs import LockInputs
from lock_targets import TARGETS, marker_for

DIGEST = "0" * 64
MADE_FROM = f"# made from: sha256:{DIGEST}\n"
PYPROJECT = """
[project]
requires-python = ">=3.11"
dependencies = ["b==1", "a==1"]
[dependency-groups]
types = ["mypy"]
dev = ["pytest", {include-group = "types"}]
[build-system]
requires = ["hatchling"]
"""

digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
pins = st.builds(
    Pin,
    st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True),
    st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,4}){0,3}(\+[a-z]{1,3}[0-9])?", fullmatch=True),
    st.sets(st.sampled_from(TARGETS), min_size=1).map(lambda some: marker_for(some, TARGETS)),
    st.sets(digests, min_size=1, max_size=3).map(lambda some: tuple(sorted(some))),
)


@given(st.lists(pins, max_size=3), digests, st.text("abc -.", max_size=300))
def test_a_written_file_is_read_back(those: list[Pin], fingerprint: str, about: str) -> None:
    text = write_lock(those, about=about, fingerprint=fingerprint)
    read = parse_lock(text, "a.lock")
    assert (read.fingerprint, list(read.pins)) == (fingerprint, sorted(those))
    assert text == write_lock(reversed(those), about=about, fingerprint=fingerprint)


@given(st.text("ab1=.;: \\-#\n\"'hs256/"))
def test_any_other_text_is_refused_in_words(text: str) -> None:
    with pytest.raises(LockError, match=r"^a\.lock"):
        parse_lock(text, "a.lock")


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.invalid/simple",
        "a @ https://packages.invalid/a.whl",
        "a>=1 \\",
        "a==1",
        "a==1 # note \\",
        "A==1 \\",
        "-r other.lock",
    ],
)
def test_a_line_that_no_lock_file_has_is_named_by_its_number(line: str) -> None:
    text = f"{MADE_FROM}{line}\n    --hash=sha256:{DIGEST}\n"
    with pytest.raises(LockError, match=r"^a\.lock:2: expected name==version with a hash"):
        parse_lock(text, "a.lock")


@pytest.mark.parametrize("line", ["", "    --hash=md5:00", f"--hash=sha256:{DIGEST}", "b==1 \\"])
def test_a_version_without_a_hash_is_refused(line: str) -> None:
    with pytest.raises(LockError, match=r"^a\.lock:3: expected a sha256 hash of a$"):
        parse_lock(f"{MADE_FROM}a==1 \\\n{line}", "a.lock")
    with pytest.raises(LockError, match=r"^a==1 has no hash$"):
        write_lock([Pin("a", "1", "", ())], about="", fingerprint=DIGEST)


def test_groups_and_the_build_are_locked_with_the_tools() -> None:
    inputs = LockInputs.parse(PYPROJECT)
    assert inputs.runtime == ("b==1", "a==1")
    assert inputs.dev == ("pytest", "mypy", "hatchling")


@pytest.mark.parametrize("text", ["", "[", "[project]\ndependencies = 1"])
def test_a_pyproject_without_dependencies_is_said_in_one_line(text: str) -> None:
    with pytest.raises(LockError, match=r"^pyproject\.toml has no such table or key: .+$"):
        LockInputs.parse(text)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    text = write_lock([], about="", fingerprint=LockInputs.parse(PYPROJECT).fingerprint())
    for name in (lock.RUNTIME_FILE, lock.DEV_FILE):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("", "", 0),
        ('"b==1", "a==1"', '"a==1", "b==1"', 0),
        ("[project]", '[project]\nname = "another"', 0),
        ("a==1", "a==2", 1),
        ("pytest", "pytest==9", 1),
        ("hatchling", "hatchling==1", 1),
        ("3.11", "3.12", 1),
    ],
)
def test_a_change_of_dependencies_and_nothing_else_makes_it_old(
    root: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, code: int
) -> None:
    (root / "pyproject.toml").write_text(PYPROJECT.replace(before, after), encoding="utf-8")
    assert lock.run(["--check"], root) == code
    said = (
        "lock: requirements.lock was made from other dependencies than pyproject.toml names;"
        " write it again with make lock, and commit it with pyproject.toml\n"
    )
    assert capsys.readouterr().err == said * code


def test_a_missing_file_and_a_wrong_word_are_explained(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / lock.DEV_FILE).unlink()
    assert lock.run(["--check"], root) == 1
    assert lock.run(["--chekc"], root) == 64
    assert capsys.readouterr().err.splitlines() == [
        "lock: requirements-dev.lock is missing; write it with make lock, and commit it",
        "lock: expected nothing or --check",
    ]
