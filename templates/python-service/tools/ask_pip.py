"""Asks pip which packages another machine would install, and which files the index has of them.

Runs as a process of its own, because it changes pip from within; reads a question as JSON from
standard input and writes the answer into a file. The pip it was written for is pinned in
pyproject.toml; what it answers is checked by `lock_closure.py`.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import pip._internal.index.package_finder as package_finder
import pip._internal.models.search_scope as search_scope
import pip._vendor.packaging.markers as markers
from pip._internal.cli.main import main
from pip._vendor.packaging.utils import (
    InvalidSdistFilename,
    canonicalize_name,
    parse_sdist_filename,
)
from pip._vendor.packaging.version import Version

_Files = dict[str, dict[str, str | None]]


def answer(question: dict[str, Any]) -> dict[str, Any] | None:
    """The packages of the target and all files seen on the way, or nothing when pip refuses."""
    files: _Files = {}
    _evaluate_markers_for(question["environment"])
    _leave_out_folders()
    _remember_files(files)
    with tempfile.TemporaryDirectory() as folder:
        report, constraints = Path(folder, "report.json"), Path(folder, "constraints.txt")
        constraints.write_text("\n".join(question["constraints"]), encoding="utf-8")
        platforms = [f"--platform={name}" for name in question["platforms"]]
        arguments = [
            *("install", "--quiet", "--dry-run", "--ignore-installed", "--only-binary=:all:"),
            *("--report", str(report), "--constraint", str(constraints)),
            # An older pip wants a folder for the packages of another machine, even for none.
            *("--target", folder),
            *("--implementation", "cp", *platforms),
            *("--python-version", question["environment"]["python_full_version"]),
        ]
        if main([*arguments, *question["requirements"]]) != 0:
            return None
        installed = json.loads(report.read_text(encoding="utf-8"))["install"]
    packages = [
        {
            "name": canonicalize_name(metadata["name"]),
            "version": str(Version(metadata["version"])),
            "requires": metadata.get("requires_dist", []),
        }
        for metadata in (entry["metadata"] for entry in installed)
    ]
    keys = [f"{package['name']} {package['version']}" for package in packages]
    return {"packages": packages, "files": {key: files.get(key, {}) for key in keys}}


def _evaluate_markers_for(environment: dict[str, str]) -> None:
    """`--python-version` and `--platform` choose wheels only.

    pip compares markers with the Python that runs it, whatever these options say; so that Python
    is described as the target.
    """
    markers.default_environment = lambda: dict(environment)  # type: ignore[assignment,return-value]


def _leave_out_folders() -> None:
    """Indexes and folders on this disk do not count: no other machine has them."""
    create = search_scope.SearchScope.create

    def without_folders(
        find_links: list[str], index_urls: list[str], no_index: bool
    ) -> search_scope.SearchScope:
        links, urls = (
            [each for each in those if each.startswith(("http:", "https:"))]
            for those in (find_links, index_urls)
        )
        return create(find_links=links, index_urls=urls, no_index=no_index)

    search_scope.SearchScope.create = staticmethod(without_folders)  # type: ignore[method-assign]


def _remember_files(files: _Files) -> None:
    """Notes each file that pip sees and the target could use: its wheels, and the source."""
    evaluate = package_finder.LinkEvaluator.evaluate_link

    def evaluate_and_note(self: Any, link: Any) -> Any:
        kind, detail = evaluate(self, link)
        version = detail if kind is package_finder.LinkType.candidate else _of_source(self, link)
        if version is not None:
            digest = link.hash if link.hash_name == "sha256" else None
            key = f"{canonicalize_name(self.project_name)} {Version(version)}"
            files.setdefault(key, {})[link.filename] = digest
        return kind, detail

    package_finder.LinkEvaluator.evaluate_link = evaluate_and_note  # type: ignore[method-assign]


def _of_source(evaluator: Any, link: Any) -> str | None:
    try:
        name, version = parse_sdist_filename(link.filename)
    except InvalidSdistFilename:
        return None
    return str(version) if name == canonicalize_name(evaluator.project_name) else None


if __name__ == "__main__":
    found = answer(json.load(sys.stdin))
    if found is None:
        sys.exit(1)
    Path(sys.argv[1]).write_text(json.dumps(found), encoding="utf-8")
