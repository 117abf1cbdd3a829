"""What the requests of a stratum are called."""

from typing import NamedTuple

from ..recording.request_marks import CacheClass
from .deploy_verdict import DeployNumbers


class StratumName(NamedTuple):
    """In full, in short, and one of them."""

    full: str
    short: str
    one: str


def stratum_name(stratum: CacheClass, numbers: DeployNumbers) -> StratumName:
    """Returns the name; in a service without a cache there are only requests."""
    if stratum == "hit":
        return StratumName("cache hits", "hits", "hit")
    if stratum == "miss":
        return StratumName("cache misses", "misses", "miss")
    if numbers["before"]["hitRatio"] is None and numbers["after"]["hitRatio"] is None:
        return StratumName("requests", "requests", "request")
    many = "requests without a cache"
    return StratumName(many, many, "request without a cache")
