"""Says what is wrong with one declared setting, in words for its author."""

import re
from collections.abc import Iterator
from typing import Final

from .quote_text import quote_text
from .setting import PLATFORMS, Deprecation, Refused, Setting
from .stages import STAGES

_TEXTS: Final = ("owner", "reason", "expect", "rollback")
_VARIABLE: Final = re.compile(r"[A-Z][A-Z0-9_]*")
# Texts stand in table cells and in comments of .env files, where systemd joins a line that ends
# with a backslash to the next.
_BREAKS: Final = re.compile(r"[\r\n|]|\\\Z")


def wrong_setting(label: str, prefix: str, setting: Setting) -> Iterator[str]:
    """Yields a sentence for each wrong text, place and default."""
    yield from _wrong_texts(label, setting)
    yield from _wrong_place(label, prefix, setting)
    mistakes = [*_unwritten_defaults(setting), *setting.mistakes()]
    yield from (f"{label}: {mistake}" for mistake in mistakes)
    if not mistakes:
        yield from _wrong_defaults(label, setting)


def _is_one_line(value: object) -> bool:
    return isinstance(value, str) and value.strip() != "" and not _BREAKS.search(value)


def _is_deprecation(given: object) -> bool:
    texts = len(Deprecation._fields)
    return given is None or (isinstance(given, tuple | list) and len(given) == texts)


def _wrong_texts(label: str, setting: Setting) -> Iterator[str]:
    stated = [(name, getattr(setting, name)) for name in _TEXTS]
    if not _is_deprecation(setting.deprecated):
        yield (
            f"{label}: expected deprecated to be three texts, since, replacement and reason,"
            f" got {quote_text(setting.deprecated)}"
        )
    elif (deprecation := setting.deprecation) is not None:
        stated += deprecation._asdict().items()
    for name, value in stated:
        if not _is_one_line(value):
            yield (
                f"{label}: expected {name} to be one line of text"
                f' without "|" or a backslash at its end, got {quote_text(value)}'
            )


def _wrong_place(label: str, prefix: str, setting: Setting) -> Iterator[str]:
    env, platform = setting.env, setting.applies_to
    if platform is None:
        if env is None or not _VARIABLE.fullmatch(env) or not env.startswith(prefix):
            yield (
                f'{label}: expected env to be an upper-case name that begins with "{prefix}",'
                f" got {quote_text(env)}"
            )
        if env == "DEPLOY_ENVIRONMENT":
            yield f"{label}: DEPLOY_ENVIRONMENT names the stage and belongs to no group"
        return
    if env is not None:
        yield f"{label}: it has an env and an applies_to, and takes effect in one place only"
    if platform not in PLATFORMS:
        yield (
            f"{label}: expected applies_to to be one of {', '.join(PLATFORMS)},"
            f" got {quote_text(platform)}"
        )
    if not _is_one_line(setting.parameter):
        yield f"{label}: expected parameter to be the name the platform gives it"


def _unwritten_defaults(setting: Setting) -> Iterator[str]:
    for name in ("default", "development", "test"):
        given = getattr(setting, name)
        if given is not None and not isinstance(given, str):
            yield (
                f'expected {name} to be a text, as a file would have it, such as "30s" or "true",'
                f" got {quote_text(given)}"
            )


def _wrong_defaults(label: str, setting: Setting) -> Iterator[str]:
    if not setting.inherited and setting.default is not None:
        yield (
            f"{label}: an address or a secret has no default outside development and test:"
            " each environment states its own"
        )
    stages_by_default: dict[str | None, list[str]] = {}
    for stage in STAGES:
        stages_by_default.setdefault(setting.default_in(stage), []).append(stage)
    for written, stages in stages_by_default.items():
        if written is None:
            if setting.env is None:
                yield f"{label}: it is never loaded, so it needs a default"
            continue
        try:
            setting.read(written)
        except Refused as refused:
            yield (
                f"{label}: its own default ({', '.join(stages)}) is refused: {refused.why};"
                f" expected {setting.expected()}"
            )
