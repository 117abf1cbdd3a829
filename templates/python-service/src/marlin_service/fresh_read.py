"""Says whether a request may have an order read from the database, past the cache."""

from fastapi import Request

from ._seaworthy.health import CarriesToken


class FreshRead:
    """`Cache-Control: no-cache` together with the token; from anybody else it is not heard.

    Otherwise strangers could turn every read into a database call.
    """

    def __init__(self, token: str) -> None:
        self._carries_token = CarriesToken(token)

    def __call__(self, request: Request) -> bool:
        """Whether this request is one."""
        written = ",".join(request.headers.getlist("cache-control"))
        if "no-cache" not in {each.strip().lower() for each in written.split(",")}:
            return False
        given = request.headers.getlist("authorization")
        return len(given) == 1 and self._carries_token(given[0].encode("latin-1"))
