"""Leaves fields of certain names out of what is logged."""

import re
from collections.abc import Mapping
from typing import Final

_SEPARATOR: Final = re.compile(r"[-_](?=[a-z])")


class HiddenKeys:
    """Names that never stand in the log as keys, in any case: `set-cookie` and `setCookie` too.

    Such a field is left out, not masked: a mask still tells that it was there.
    """

    def __init__(self, written: str) -> None:
        keys = written.lower().split(",")
        self._keys = frozenset([*keys, *(_SEPARATOR.sub("", key) for key in keys)])

    def leave_out(
        self, fields: Mapping[str, object], above: tuple[int, ...] = ()
    ) -> dict[str, object]:
        """Returns a copy of named fields without the hidden ones, at any depth."""
        path = (*above, id(fields))
        return {
            str(key): self._cleaned(value, path)
            for key, value in fields.items()
            if str(key).lower() not in self._keys
        }

    def _cleaned(self, value: object, above: tuple[int, ...]) -> object:
        if id(value) in above:
            return "[Circular]"
        if isinstance(value, Mapping):
            return self.leave_out(value, above)
        if isinstance(value, list | tuple):
            return [self._cleaned(item, (*above, id(value))) for item in value]
        return value
