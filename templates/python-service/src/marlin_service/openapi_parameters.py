"""The parameters of the routes, for the OpenAPI document: the routes read them themselves."""

from typing import Any, Final

_TEXT: Final = {"type": "string"}

IDEMPOTENCY_KEY: Final[dict[str, Any]] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "1 to 255 visible ASCII characters, with or without double quotes around them."
    " The same request with the same key gets the same answer.",
    "schema": {"type": "string", "minLength": 1},
}
LIMIT: Final[dict[str, Any]] = {
    "name": "limit",
    "in": "query",
    "required": False,
    "description": "How many orders a page has at most.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
}
AFTER: Final[dict[str, Any]] = {
    "name": "after",
    "in": "query",
    "required": False,
    "description": "The `next` of an earlier answer.",
    "schema": _TEXT,
}
ORDER_NUMBER: Final[dict[str, Any]] = {
    "name": "orderNumber",
    "in": "path",
    "required": True,
    "description": "The number of an order that was stored.",
    "schema": _TEXT,
}
