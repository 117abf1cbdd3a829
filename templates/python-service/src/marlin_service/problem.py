"""What an error answer says: RFC 9457, with what was expected and whether a retry can help."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypedDict


class FieldError(TypedDict):
    """One field at fault, as a JSON pointer into the body."""

    pointer: str
    detail: str


class Problem(Exception):
    """An answer that is an error. The input is never part of it."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        expected: str,
        *,
        retryable: bool = False,
        errors: Sequence[FieldError] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.expected = status, code, detail, expected
        self.retryable, self.errors, self.headers = retryable, errors, dict(headers or {})

    def body(self, request_id: str) -> bytes:
        """Returns the JSON of the answer; ASCII, because a field name may hold half a character."""
        document: dict[str, Any] = {
            "type": "about:blank",
            "title": _title(self.status),
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "expected": self.expected,
            "retryable": self.retryable,
            "requestId": request_id,
        }
        if self.errors is not None:
            document["errors"] = list(self.errors)
        return json.dumps(document, separators=(",", ":")).encode()


def _title(status: int) -> str:
    # Python 3.11 and 3.12 know these two by their names before RFC 9110.
    renamed = {413: "Content Too Large", 422: "Unprocessable Content"}
    return renamed.get(status) or HTTPStatus(status).phrase
