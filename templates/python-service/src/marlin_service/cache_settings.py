"""The settings of the cache that this service uses."""

from typing import Annotated, Final

from ._seaworthy.default_groups.cache import Cache
from ._seaworthy.settings_group import SettingsGroup

_SHIPPED: Final = Cache.declared()


class CacheSettings(SettingsGroup):
    """The shipped group without CACHE_TTL, CACHE_SOFT_TTL and CACHE_NEGATIVE_TTL.

    How long an order is kept says ORDER_CACHE_TTL. It never changes, so none is renewed, and what
    is not found is not kept. A setting that changes nothing would be a lie.
    """

    label = "cache"

    ttl_jitter: Annotated[float, _SHIPPED["ttl_jitter"]]
    connect_timeout_ms: Annotated[int, _SHIPPED["connect_timeout_ms"]]
    command_timeout_ms: Annotated[int, _SHIPPED["command_timeout_ms"]]
    max_retries_per_request: Annotated[int, _SHIPPED["max_retries_per_request"]]
    reconnect_base_ms: Annotated[int, _SHIPPED["reconnect_base_ms"]]
    reconnect_cap_ms: Annotated[int, _SHIPPED["reconnect_cap_ms"]]
    reconnect_jitter_ms: Annotated[int, _SHIPPED["reconnect_jitter_ms"]]

    platform = Cache.platform
    rules = tuple(rule for rule in Cache.rules if rule.left != "soft_ttl_ms")
