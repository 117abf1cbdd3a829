"""Every error this service answers with, in one list."""

from collections.abc import Sequence

from .problem import FieldError, Problem


def malformed_json() -> Problem:
    """The body cannot be read as JSON."""
    return Problem(400, "malformed_json", "The body is not valid JSON.", "a JSON object in UTF-8")


def malformed_request() -> Problem:
    """The bytes are not HTTP."""
    expected = "an HTTP/1.1 request"
    return Problem(400, "malformed_request", "The request is not valid HTTP.", expected)


def headers_too_large(limit_bytes: int) -> Problem:
    """The headers pass the limit."""
    detail = "The headers are larger than this service accepts."
    return Problem(431, "headers_too_large", detail, f"at most {limit_bytes} bytes")


def invalid_idempotency_key() -> Problem:
    """The header is there and holds no key."""
    return Problem(
        400,
        "invalid_idempotency_key",
        "The Idempotency-Key header is not valid.",
        "1 to 255 visible ASCII characters, with or without double quotes around them",
    )


def not_found() -> Problem:
    """No route has the path, or no order the number."""
    expected = "a path this service serves and an order number that exists"
    return Problem(404, "not_found", "There is no such resource.", expected)


def method_not_allowed(allowed: Sequence[str]) -> Problem:
    """The path exists with other methods."""
    return Problem(
        405,
        "method_not_allowed",
        "This path does not answer that method.",
        "a method named in the Allow header",
        headers={"allow": ", ".join(allowed)},
    )


def request_timeout(limit: str) -> Problem:
    """The client was too slow to send; the rest of its body is not waited for."""
    return Problem(
        408,
        "request_timeout",
        "The request did not arrive in time.",
        f"a whole request within {limit}",
        retryable=True,
        headers={"connection": "close"},
    )


def order_conflict() -> Problem:
    """The order number is taken by another order."""
    return Problem(
        409,
        "order_conflict",
        "This order number is already stored with other content.",
        "the same content, or a new order number",
    )


def idempotency_key_in_use() -> Problem:
    """Another request holds what this one needs."""
    return Problem(
        409,
        "idempotency_key_in_use",
        "A request with this idempotency key is still being answered.",
        "the same request after the seconds that Retry-After names",
        retryable=True,
        headers={"retry-after": "1"},
    )


def idempotency_key_reused() -> Problem:
    """The key belongs to another order."""
    return Problem(
        422,
        "idempotency_key_reused",
        "This idempotency key was used with another body.",
        "the same body, or a new key",
    )


def body_too_large(limit_bytes: int) -> Problem:
    """The body passes the limit, declared or counted."""
    return Problem(
        413,
        "body_too_large",
        "The body is larger than this service accepts.",
        f"at most {limit_bytes} bytes",
    )


def unsupported_media_type() -> Problem:
    """The body is not declared as JSON."""
    return Problem(
        415,
        "unsupported_media_type",
        "The body is not declared as JSON.",
        "content-type: application/json",
    )


def invalid_order(errors: Sequence[FieldError]) -> Problem:
    """Fields of an order are at fault."""
    expected = "the fields as errors[] describes them"
    return Problem(422, "invalid_order", "Some fields are not valid.", expected, errors=errors)


def invalid_query(errors: Sequence[FieldError]) -> Problem:
    """Query parameters are at fault."""
    return Problem(
        422,
        "invalid_query",
        "Some query parameters are not valid.",
        "the fields as errors[] describes them",
        errors=errors,
    )


def internal() -> Problem:
    """Anything that nobody foresaw."""
    detail = "The service failed. The cause is in its log under this request id."
    return Problem(500, "internal", detail, "an answer", retryable=True)


def handler_timeout(limit: str) -> Problem:
    """The service was too slow."""
    return Problem(
        503,
        "timeout",
        "The request took longer than this service allows.",
        f"an answer within {limit}",
        retryable=True,
    )


def database_unavailable() -> Problem:
    """The database is locked, full, read-only or gone."""
    return Problem(
        503,
        "database_unavailable",
        "The database cannot be used right now.",
        "a database that can be written",
        retryable=True,
        headers={"retry-after": "5"},
    )
