"""What an operation answers, as the OpenAPI document says it."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

_REF: Final = "#/components/schemas/{model}"
_TEXT: Final = {"type": "string"}

# FastAPI takes responses by their status.
Responses = dict[int | str, dict[str, Any]]


class FieldError(BaseModel):
    """One field at fault, as a JSON pointer into the body, or its parameter."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """What failed, what was expected and whether to repeat the request (RFC 9457)."""

    type: Literal["about:blank"]
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    code: str
    expected: str
    retryable: bool
    requestId: str
    errors: list[FieldError] = Field(default_factory=list)


_RETRY_AFTER: Final = {
    "Retry-After": {
        "description": "After how many seconds to repeat the request; not where waiting does not"
        " help.",
        "schema": {"type": "integer", "minimum": 1},
    }
}
REPLAYED: Final = {
    "Idempotency-Replayed": {
        "description": "true where the answer is the one that was given to this key first.",
        "schema": {"type": "string", "const": "true"},
    }
}
LOCATION: Final = {"Location": {"description": "The path of the order.", "schema": _TEXT}}
LINK: Final = {
    "Link": {
        "description": 'The next page, as rel="next"; not on the last one.',
        "schema": _TEXT,
    }
}

# The codes of the errors that have a status.
_PROBLEMS: Final[Mapping[int, Mapping[str, Any]]] = {
    400: {"description": "malformed_json or invalid_idempotency_key"},
    404: {"description": "not_found"},
    408: {"description": "request_timeout"},
    409: {"description": "order_conflict or idempotency_key_in_use", "headers": _RETRY_AFTER},
    413: {"description": "body_too_large"},
    415: {"description": "unsupported_media_type"},
    422: {"description": "invalid_order, invalid_query or idempotency_key_reused"},
    431: {"description": "headers_too_large"},
    500: {"description": "internal"},
    503: {
        "description": "The service cannot answer now; the same request may be answered later.",
        "headers": _RETRY_AFTER,
    },
}
# What any request may be answered with.
_ALWAYS: Final = (408, 431, 500, 503)


def problem_responses(*statuses: int) -> Responses:
    """Returns the errors of an operation; those of any request are among them."""
    content = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
    return {each: {**_PROBLEMS[each], "content": content} for each in (*statuses, *_ALWAYS)}


def problem_schemas() -> dict[str, Any]:
    """Returns the schemas that the errors refer to; the framework knows models of JSON only."""
    _, schema = models_json_schema([(Problem, "validation")], ref_template=_REF)
    definitions: dict[str, Any] = schema["$defs"]
    return definitions
