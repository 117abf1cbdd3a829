"""What is never accused of being misspelt, however near to a declared name: others own it."""

import re
from typing import Final

_NAMES: Final = frozenset(
    {
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "NO_PROXY",
        "ALL_PROXY",
        "FTP_PROXY",
        "HTTPS_PORT",
        "HTTPS_HOST",
        # A service may declare it or not; CACHE_TTL is two edits away.
        "CACHE_URL",
    }
)
# Kubernetes writes the address of every service into the environment of all others.
_SUFFIXES: Final = ("_SERVICE_HOST", "_SERVICE_PORT")
_VALUE_PREFIXES: Final = ("tcp://", "udp://", "sctp://")
_SERVICE_LINK: Final = re.compile(r"(?:tcp|udp|sctp)://[0-9A-Fa-f.:\[\]]+:[0-9]+")


def is_service_link(name: str, value: str) -> bool:
    """Whether Kubernetes set a variable: HTTP_PORT=tcp://10.0.0.1:80 for a service called http."""
    return name.endswith("_PORT") and _SERVICE_LINK.fullmatch(value) is not None


def is_foreign(name: str, value: str) -> bool:
    """Whether another program owns a variable."""
    return name in _NAMES or name.endswith(_SUFFIXES) or value.startswith(_VALUE_PREFIXES)
