"""Reads a body as JSON and nothing else, before the framework looks at it."""

import json
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Final, NoReturn

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from . import problems

# Above this many digits Python refuses to read an integer; as a number it is only too large.
_INTEGER_CHARACTERS: Final = 300
_DEEPEST: Final = 100


class StrictJsonRequest(Request):
    """A request whose json() refuses NaN, invalid UTF-8 and a nesting bomb alike."""

    _read: Any

    def require_json(self) -> None:
        """Raises Problem 415 unless the body is declared as JSON."""
        declared = self.headers.getlist("content-type")
        media_type = declared[0].partition(";")[0].strip().lower() if len(declared) == 1 else ""
        if media_type != "application/json":
            raise problems.unsupported_media_type()

    async def json(self) -> Any:
        """Returns the body as JSON.

        Raises Problem 400 when it is not.
        """
        if not hasattr(self, "_read"):
            self._read = _parse(await self.body())
        return self._read


class StrictJsonRoute(APIRoute):
    """A route that reads its body strictly, when it takes one."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Returns the framework's handler behind the strict reading."""
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            strict = StrictJsonRequest(request.scope, request.receive)
            if self.body_field is not None:
                strict.require_json()
                await strict.json()
            return await handle(strict)

        return handle_strictly


def _parse(body: bytes) -> Any:
    try:
        value = json.loads(body.decode("utf-8-sig"), parse_constant=_refuse, parse_int=_integer)
    except (ValueError, RecursionError):
        raise problems.malformed_json() from None
    if _is_too_deep(value):
        raise problems.malformed_json()
    return value


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
    return any(isinstance(each, dict | list) for each in level)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) < _INTEGER_CHARACTERS else float(digits)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
