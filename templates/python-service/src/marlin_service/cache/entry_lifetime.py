"""How long an entry of the cache lives."""

import random
from collections.abc import Callable

from ..settings import Settings


def order_lifetime(
    settings: Settings, draw: Callable[[], float] = random.random
) -> Callable[[], int]:
    """Returns what draws how many milliseconds one order is kept; `draw` gives 0 up to 1.

    Orders that were read together are so not read anew together.
    """
    ttl_ms, jitter = settings.service.order_cache_ttl_ms, settings.cache.ttl_jitter
    # Redis refuses a lifetime of 0.
    return lambda: max(1, round(ttl_ms * (1 + jitter * (2 * draw() - 1))))
