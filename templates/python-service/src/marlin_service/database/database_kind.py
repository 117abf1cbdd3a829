"""Which of the two databases a URL names."""

from typing import Literal

from .._seaworthy.redacted_url import RedactedUrl

DatabaseKind = Literal["sqlite", "postgres"]


def database_kind(url: RedactedUrl) -> DatabaseKind:
    """Returns the kind; the settings accept no third one."""
    return "sqlite" if url.get_secret_value().startswith("sqlite:") else "postgres"
