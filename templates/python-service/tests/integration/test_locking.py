"""The lock files are written by way of pip, and pip holds to what they say."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from lock_file import Pin, parse_lock, write_lock
from package_index import package_index, sha256, source, wheel

ROOT = Path(__file__).parents[2]
# Whatever runs this test: an older patch of 3.13, a newer one, or another Python.
PYPROJECT = """
[project]
requires-python = ">=3.13,<3.14"
dependencies = ["app"]
[dependency-groups]
dev = ["checker"]
[build-system]
requires = []
"""
APP_REQUIRES = [
    'early; python_full_version < "3.13.2"',
    'late; python_full_version >= "3.13.2"',
    'old; python_version < "3.13"',
    'apple; sys_platform == "darwin"',
    "native",
]
MUSL = "native-1-cp313-cp313-musllinux_1_2_x86_64.whl"
OTHER_PYTHON = "native-1-cp312-cp312-manylinux_2_17_x86_64.whl"
NATIVE = [
    "native-1-cp313-cp313-manylinux_2_17_x86_64.whl",
    "native-1-cp313-cp313-manylinux_2_28_x86_64.whl",
    "native-1-cp313-cp313-manylinux2014_aarch64.whl",
    "native-1-cp313-cp313-macosx_11_0_arm64.whl",
    "native-1-cp313-cp313-macosx_10_12_x86_64.whl",
]
FILES = {
    "app-1-py3-none-any.whl": wheel("app", "1", APP_REQUIRES),
    "checker-1-py3-none-any.whl": wheel("checker", "1", ["early", "native"]),
    **{f"{name}-1-py3-none-any.whl": wheel(name, "1") for name in ("late", "old", "apple")},
    **{f"early-{version}-py3-none-any.whl": wheel("early", version) for version in "12"},
    **{file: wheel("native", "1", ()) + file.encode() for file in [*NATIVE, MUSL, OTHER_PYTHON]},
    "native-1.tar.gz": source(),
}


def with_index(address: str) -> dict[str, str]:
    """An environment in which pip knows one index, whatever this machine has set up."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return {**environ, "PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": address}


def locked(root: Path, address: str) -> subprocess.CompletedProcess[str]:
    shutil.copytree(ROOT / "tools", root / "tools", dirs_exist_ok=True)
    (root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "tools/lock.py"],
        cwd=root,
        env=with_index(address),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    root = tmp_path_factory.mktemp("locked")
    with package_index(FILES) as address:
        ran = locked(root, address)
        assert ran.returncode == 0, ran.stderr
    return {file.name: file.read_text(encoding="utf-8") for file in root.glob("*.lock")}


def test_it_locks_what_other_machines_need_and_all_files_that_they_could_use(
    texts: Mapping[str, str],
) -> None:
    digests = {file: sha256(contents) for file, contents in FILES.items()}
    native = tuple(sorted(digests[file] for file in [*NATIVE, "native-1.tar.gz"]))
    runtime = parse_lock(texts["requirements.lock"], "").pins
    assert runtime == (
        Pin("app", "1", "", (digests["app-1-py3-none-any.whl"],)),
        Pin("apple", "1", 'sys_platform == "darwin"', (digests["apple-1-py3-none-any.whl"],)),
        Pin("early", "2", "", (digests["early-2-py3-none-any.whl"],)),
        Pin("late", "1", "", (digests["late-1-py3-none-any.whl"],)),
        Pin("native", "1", "", native),
    )
    [checker] = parse_lock(texts["requirements-dev.lock"], "").pins
    assert checker.name == "checker"


def test_no_address_of_the_index_is_written(texts: Mapping[str, str]) -> None:
    assert not [text for text in texts.values() if "127.0.0.1" in text or "://" in text]
    assert not [file for file in (ROOT / "tools").glob("*.py") if "://" in file.read_text()]


def test_an_index_without_hashes_and_a_missing_package_are_explained(tmp_path: Path) -> None:
    with package_index(FILES, hashes=False) as address:
        ran = locked(tmp_path, address)
    assert ran.returncode == 1
    assert ran.stderr.startswith("lock: the index gives no sha256 for ")
    with package_index({}) as address:
        ran = locked(tmp_path, address)
    assert ran.returncode == 1
    assert "lock: pip found no set of packages for Python 3.13.0 on linux x86_64:" in ran.stderr
    assert "No matching distribution found for app" in ran.stderr
    assert not list(tmp_path.glob("*.lock"))


@pytest.mark.parametrize("tampered", [False, True])
def test_pip_installs_what_was_locked_and_refuses_anything_else(
    tmp_path: Path, tampered: bool
) -> None:
    file = "early-1-py3-none-any.whl"
    pin = Pin("early", "1", "", (sha256(FILES[file]),))
    (tmp_path / "a.lock").write_text(write_lock([pin], about="", fingerprint="0"), encoding="utf-8")
    served = {file: wheel("early", "1", ["late"]) if tampered else FILES[file]}
    with package_index(served, hashes=False) as address:
        command = [sys.executable, "-m", "pip", "install", "--no-cache-dir", "--target", "packages"]
        ran = subprocess.run(
            [*command, "--require-hashes", "-r", "a.lock"],
            cwd=tmp_path,
            env=with_index(address),
            capture_output=True,
            text=True,
            check=False,
        )
    assert (tmp_path / "packages/early.py").exists() != tampered
    assert ("THESE PACKAGES DO NOT MATCH THE HASHES" in ran.stderr) == tampered
    assert (ran.returncode == 0) != tampered
