"""A URL that is never shown with its user name, password and query."""

import re
from typing import Any, Final, cast

from pydantic import GetCoreSchemaHandler, SecretStr
from pydantic_core import CoreSchema, SchemaSerializer, core_schema

from .quote_text import quote_text
from .url_address import IN_MEMORY, address_parts, has_only_printable

_PROTOCOL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MAY_HIDE: Final = re.compile("[@;]")
_HIDDEN: Final = "a text that is no URL (not shown, it may hold a password)"
_SERIALIZED: Final = core_schema.plain_serializer_function_ser_schema(str, when_used="json")


class RedactedUrl(SecretStr):
    """A URL whose str, repr and JSON hide what is secret; get_secret_value() gives it whole."""

    # Pydantic's own would print stars.
    __pydantic_serializer__ = SchemaSerializer(core_schema.any_schema(serialization=_SERIALIZED))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        schema = super().__get_pydantic_core_schema__(source, handler)
        return cast("CoreSchema", {**schema, "serialization": _SERIALIZED})

    def _display(self) -> str:
        return redact_url(self.get_secret_value())


def redact_url(url: str) -> str:
    """Returns a URL without its user name, password and query.

    Only what reads as a URL is shown: in anything else nobody knows where the password stands.
    """
    if url == IN_MEMORY:
        return url
    protocol = _PROTOCOL.match(url)
    if protocol is None or not has_only_printable(url):
        return _HIDDEN
    parts = address_parts(url, protocol[0])
    if parts is None:
        return _HIDDEN
    # An @ after a slash or a ? may stand behind a password that has one; a ; begins parameters.
    if _MAY_HIDE.search(parts["host"] or "") or "@" in (parts["query"] or ""):
        return _HIDDEN
    user = "" if parts["user"] is None else "***:***@"
    shown = parts["path"] if parts["host"] is None else f"//{user}{parts['host']}"
    return f"{protocol[0]}{shown}{'' if parts['query'] is None else '?***'}"


def quote_url(url: str) -> str:
    """Returns a received text as an error may print it: quoted where it is a URL."""
    shown = redact_url(url)
    return shown if shown == _HIDDEN else quote_text(shown)
