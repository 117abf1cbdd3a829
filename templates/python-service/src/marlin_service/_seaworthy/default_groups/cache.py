"""Shipped settings with their production defaults. Generated; do not edit."""

from typing import Annotated, ClassVar

from ...service import SERVICE_OWNER
from ..quantity_kinds import Count, Duration, Ratio
from ..setting import Setting
from ..settings_group import SettingsGroup
from ..settings_rule import Rule
from ..text_kinds import OneOf


class Cache(SettingsGroup):
    """The settings of the group cache."""

    label = "cache"

    ttl_ms: Annotated[
        int,
        Duration(
            env="CACHE_TTL",
            default="5m",
            minimum="1s",
            maximum="168h",
            owner=SERVICE_OWNER,
            reason="how old an answer may get while the database is down; short, so that a service is never unable to live without its cache; Redis keeps entries for ever",
            expect="no answer is older than about 5 minutes",
            rollback="unset CACHE_TTL wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest; what is stored keeps the lifetime it was stored with",
            source="https://aws.amazon.com/builders-library/caching-challenges-and-strategies/",
        ),
    ]
    ttl_jitter: Annotated[
        float,
        Ratio(
            env="CACHE_TTL_JITTER",
            default="0.1",
            minimum="0",
            maximum="0.5",
            owner=SERVICE_OWNER,
            reason="moves each lifetime up or down by up to a tenth, so that entries written together do not expire together; Redis does not",
            expect="no wave of misses every 5 minutes after a start",
            rollback="unset CACHE_TTL_JITTER wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://aws.amazon.com/builders-library/caching-challenges-and-strategies/",
        ),
    ]
    soft_ttl_ms: Annotated[
        int,
        Duration(
            env="CACHE_SOFT_TTL",
            default="60s",
            minimum="1s",
            maximum="168h",
            owner=SERVICE_OWNER,
            reason="an entry older than this is still served and renewed behind it, so that nobody waits and the database may fail for a while; Redis knows nothing of it",
            expect="what is read often is about a minute old at most while the database is well",
            rollback="unset CACHE_SOFT_TTL wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://aws.amazon.com/builders-library/caching-challenges-and-strategies/",
        ),
    ]
    negative_ttl_ms: Annotated[
        int,
        Duration(
            env="CACHE_NEGATIVE_TTL",
            default="30s",
            minimum="1s",
            maximum="1h",
            owner=SERVICE_OWNER,
            reason="that something does not exist is kept too, so that asking for it often does not load the database; shorter, because it may be created; Redis knows nothing of it",
            expect="what was just created is found everywhere within about 30s",
            rollback="unset CACHE_NEGATIVE_TTL wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://aws.amazon.com/builders-library/caching-challenges-and-strategies/",
        ),
    ]
    connect_timeout_ms: Annotated[
        int,
        Duration(
            env="CACHE_CONNECT_TIMEOUT",
            default="2s",
            minimum="100ms",
            maximum="30s",
            owner=SERVICE_OWNER,
            reason="a cache that does not answer in 2s is down or out of reach; ioredis waits 10s",
            expect="after the cache is lost the next try to connect fails in about 2s",
            rollback="unset CACHE_CONNECT_TIMEOUT wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html",
        ),
    ]
    command_timeout_ms: Annotated[
        int,
        Duration(
            env="CACHE_COMMAND_TIMEOUT",
            default="500ms",
            minimum="10ms",
            maximum="30s",
            owner=SERVICE_OWNER,
            reason="a cache that stalls must not stall requests: after 500ms it counts as a miss; ioredis waits for ever",
            expect="with a stalled cache each command costs its request half a second and counts as a miss",
            rollback="unset CACHE_COMMAND_TIMEOUT wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html",
        ),
    ]
    max_retries_per_request: Annotated[
        int,
        Count(
            env="CACHE_MAX_RETRIES",
            default="1",
            minimum=0,
            maximum=20,
            owner=SERVICE_OWNER,
            reason="a command is sent again once after a lost connection and then counts as a miss, since the database has the answer; ioredis tries 20 times",
            expect="a restart of the cache is seen as misses, not as slow requests",
            rollback="unset CACHE_MAX_RETRIES wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html",
        ),
    ]
    reconnect_base_ms: Annotated[
        int,
        Duration(
            env="CACHE_RECONNECT_BASE",
            default="50ms",
            minimum="1ms",
            maximum="10s",
            owner=SERVICE_OWNER,
            reason="the pause before the first new connection; it doubles each time; the default of ioredis, stated",
            expect="a connection that was cut is back in about a quarter of a second, while the cache is well",
            rollback="unset CACHE_RECONNECT_BASE wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html",
        ),
    ]
    reconnect_cap_ms: Annotated[
        int,
        Duration(
            env="CACHE_RECONNECT_CAP",
            default="5s",
            minimum="100ms",
            maximum="5m",
            owner=SERVICE_OWNER,
            reason="the pause never grows over this; the default of ioredis, stated; node-redis stops at 2s",
            expect="the cache is used again at most about 5s after it is back",
            rollback="unset CACHE_RECONNECT_CAP wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html",
        ),
    ]
    reconnect_jitter_ms: Annotated[
        int,
        Duration(
            env="CACHE_RECONNECT_JITTER",
            default="200ms",
            minimum="0s",
            maximum="10s",
            owner=SERVICE_OWNER,
            reason="adds a random part of this to each pause, so that processes do not storm a cache that has just started; the default of ioredis, stated",
            expect="new connections to a restarted cache are spread over a fifth of a second",
            rollback="unset CACHE_RECONNECT_JITTER wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html",
        ),
    ]

    platform: ClassVar[dict[str, Setting]] = {
        "maxmemory_policy": OneOf(
            applies_to="redis-server",
            parameter="maxmemory-policy",
            default="allkeys-lfu",
            words=(
                "noeviction",
                "allkeys-lru",
                "allkeys-lfu",
                "allkeys-random",
                "volatile-lru",
                "volatile-lfu",
                "volatile-random",
                "volatile-ttl",
            ),
            owner=SERVICE_OWNER,
            reason="a full cache drops what is used least and takes the new entry; Redis itself refuses writes when it is full, and is never full while maxmemory is 0, its default: set that too; never for a Redis that holds jobs",
            expect="evicted_keys of INFO may grow, and no write fails with OOM",
            rollback="CONFIG SET maxmemory-policy noeviction, or what it was before, acts at once; with noeviction, which Redis ships, a full cache takes no new entry; a restart of Redis forgets it, so then run CONFIG REWRITE or change redis.conf, and on a managed Redis its parameter group instead",
            source="https://redis.io/docs/latest/develop/reference/eviction/",
        ),
    }

    rules = (
        Rule(
            says="softTtl at most ttl",
            left="soft_ttl_ms",
            relation="<=",
            right="ttl_ms",
            fix="lower CACHE_SOFT_TTL: an entry is renewed before it expires, not after",
        ),
        Rule(
            says="reconnectBase at most reconnectCap",
            left="reconnect_base_ms",
            relation="<=",
            right="reconnect_cap_ms",
            fix="lower CACHE_RECONNECT_BASE, or raise CACHE_RECONNECT_CAP",
        ),
    )
