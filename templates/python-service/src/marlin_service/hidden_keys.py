"""Leaves fields of certain names out of what is logged."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from pydantic import BaseModel

_DEEPEST: Final = 5
_SEPARATORS: Final = str.maketrans("", "", "-_")
_CYCLE: Final = "[Circular]"
_UNREADABLE: Final = "[not readable]"


class HiddenKeys:
    """Names that never stand in the log as keys: `set-cookie`, and so `Set_Cookie` and `setCookie`.

    Such a field is left out, not masked: a mask still tells that it was there.
    """

    def __init__(self, written: str) -> None:
        self._keys = frozenset(_plain(key) for key in written.split(","))

    def leave_out(self, named: Mapping[str, object]) -> dict[str, object]:
        """Returns a copy of named fields without the hidden ones, at any depth.

        What nests deeper than five levels is cut, and what cannot be read is said: the caller of
        the log never sees an error.
        """
        return self._shown(named, (id(named),))

    def _shown(self, named: Mapping[str, object], path: tuple[int, ...]) -> dict[str, object]:
        return {
            str(key): self._cleaned(value, path)
            for key, value in named.items()
            if _plain(str(key)) not in self._keys
        }

    def _cleaned(self, value: object, above: tuple[int, ...]) -> object:
        if value is None or isinstance(value, str | int | float):
            return value
        try:
            return self._copied(value, above)
        except Exception:
            return _UNREADABLE

    def _copied(self, value: object, above: tuple[int, ...]) -> object:
        named, listed = _as_mapping(value), _as_items(value)
        if named is None and listed is None:
            return repr(value)
        if id(value) in above:
            return _CYCLE
        if len(above) > _DEEPEST:
            return "[Object]" if listed is None else "[Array]"
        path = (*above, id(value))
        if named is not None:
            return self._shown(named, path)
        return [self._cleaned(item, path) for item in listed or ()]


def _plain(key: str) -> str:
    return key.lower().translate(_SEPARATORS)


def _as_mapping(value: Any) -> Mapping[str, object] | None:
    """Returns what has named fields as a mapping, without those that its own repr leaves out."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, BaseModel):
        shown = [name for name, info in type(value).model_fields.items() if info.repr]
        return {name: getattr(value, name) for name in shown} | (value.model_extra or {})
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: getattr(value, each.name) for each in fields(value) if each.repr}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        named: dict[str, object] = value._asdict()
        return named
    return None


def _as_items(value: object) -> Iterable[object] | None:
    return value if isinstance(value, list | tuple | set | frozenset) else None
