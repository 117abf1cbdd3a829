"""Found orders, kept for a while: in this process, or in a Redis that processes share."""

from .create_cache import IN_MEMORY, create_cache
from .order_cache import CacheFailed, OrderCache
from .redis_order_cache import redis_key

__all__ = ["IN_MEMORY", "CacheFailed", "OrderCache", "create_cache", "redis_key"]
