"""Makes the cache that CACHE_URL names."""

from ..settings import Settings
from .entry_lifetime import order_lifetime
from .memory_order_cache import MemoryOrderCache
from .order_cache import OrderCache
from .redis_link import RedisLink
from .redis_order_cache import RedisOrderCache

IN_MEMORY = "memory:"


def create_cache(settings: Settings) -> OrderCache:
    """Returns a cache that connects to nothing yet."""
    url, lifetime_ms = settings.service.cache_url, order_lifetime(settings)
    if url.get_secret_value() == IN_MEMORY:
        return MemoryOrderCache(lifetime_ms)
    return RedisOrderCache(RedisLink(url, settings.cache), lifetime_ms)
