"""The four texts of a setting that only a test declares."""

from typing import Any, Final

TEXTS: Final[dict[str, Any]] = {"owner": "team", "reason": "r", "expect": "e", "rollback": "b"}
