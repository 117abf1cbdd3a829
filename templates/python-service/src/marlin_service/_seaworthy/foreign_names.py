"""What is never accused of being misspelt, however near to a declared name: others own it."""

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


def is_foreign(name: str, value: str) -> bool:
    """Whether another program owns a variable."""
    return name in _NAMES or name.endswith(_SUFFIXES) or value.startswith(_VALUE_PREFIXES)
