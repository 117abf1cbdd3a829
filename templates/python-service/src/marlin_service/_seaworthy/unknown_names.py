"""Accuses names that no setting declares: all of them in our files, near ones elsewhere."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from .env_file import EnvFileLine
from .nearest_name import misspelt_name, nearest_name
from .settings_error import SettingProblem

# Names that other programs own and that stand close to ours.
_FOREIGN: Final = frozenset(
    {
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "NO_PROXY",
        "ALL_PROXY",
        "FTP_PROXY",
        "HTTPS_PORT",
        "HTTPS_HOST",
    }
)


def unknown_in_file(
    values: Mapping[str, EnvFileLine], declared: Iterable[str], owner: str
) -> Iterator[SettingProblem]:
    """Yields a problem for each name of a file that nothing declares."""
    known = list(declared)
    for name, line in values.items():
        if name not in known:
            yield _unknown(name, line.origin, nearest_name(name, known), owner)


def unknown_in_environment(
    environ: Mapping[str, str], declared: Iterable[str], owner: str
) -> Iterator[SettingProblem]:
    """Yields a problem for each variable within two edits of a declared name."""
    known = list(declared)
    for name, value in sorted(environ.items()):
        if name in known or name == "DEPLOY_ENVIRONMENT" or _is_foreign(name, value):
            continue
        near = misspelt_name(name, known)
        if near is not None:
            yield _unknown(name, "environment", near, owner)


def _is_foreign(name: str, value: str) -> bool:
    # Kubernetes writes a service's address into the environment of every other service.
    service_link = value.startswith(("tcp://", "udp://"))
    return name in _FOREIGN or service_link or name.endswith(("_SERVICE_HOST", "_SERVICE_PORT"))


def _unknown(name: str, origin: str, near: str | None, owner: str) -> SettingProblem:
    return SettingProblem(
        name=name,
        code="CFG_UNKNOWN",
        got="a name that no setting declares",
        origin=origin,
        expected="a declared name",
        why="nothing reads it" if near is None else f"did you mean {near}?",
        fix="remove it" if near is None else f"rename it to {near}",
        owner=owner,
    )
