"""Clears one entry of the cache: `python -m` this module, then its key. Safe to run again."""

import errno
import socket
import ssl
import sys
from collections.abc import Sequence
from typing import Final

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from .cache import IN_MEMORY, redis_key
from .json_log import log_fields, start_log
from .order import can_be_order_number
from .run_command import run_command
from .settings import Settings
from .start_error import EXIT_CODE_USAGE, StartError

_ORDERS: Final = "orders:"


class CacheError(StartError):
    """An entry that was not cleared."""

    title = "CacheError"
    consequence = "Nothing was cleared."


class CacheKeyInvalid(CacheError):
    """The command names no entry."""

    exit_code = EXIT_CODE_USAGE


def clear_cache(order_number: str) -> None:
    """Removes the entry of one order from the cache of this environment.

    Raises CacheError when it cannot.
    """
    settings = Settings.load()
    start_log("info", settings.logging.redact_keys)
    url, limits = settings.service.cache_url, settings.cache
    if url.get_secret_value() == IN_MEMORY:
        raise _in_process(order_number)
    client = Redis.from_url(
        url.get_secret_value(),
        socket_timeout=limits.command_timeout_ms / 1000,
        socket_connect_timeout=limits.connect_timeout_ms / 1000,
        retry=Retry(NoBackoff(), limits.max_retries_per_request),
    )
    try:
        found = bool(client.delete(redis_key(order_number)))
    except (RedisError, OSError) as error:
        raise _unreachable(f"{url}: {_reason(error)}") from None
    finally:
        client.close()
    log_fields("info", "cache cleared", key=f"{_ORDERS}{order_number}", found=found)


def main(arguments: Sequence[str]) -> int:
    """Runs the command; every failure is one message on standard error."""
    return run_command(lambda: _run(arguments))


def _run(arguments: Sequence[str]) -> int:
    key = arguments[0] if len(arguments) == 1 else ""
    order_number = key.removeprefix(_ORDERS)
    if not key.startswith(_ORDERS) or not can_be_order_number(order_number):
        raise _key_invalid(arguments)
    clear_cache(order_number)
    return 0


def _key_invalid(arguments: Sequence[str]) -> CacheKeyInvalid:
    return CacheKeyInvalid(
        "no cache key was named",
        code="CACHE_KEY_INVALID",
        got=" ".join(arguments) or "nothing",
        expected="orders: and an order number",
        fix="make cache-clear KEY=orders:A-1001",
        retry="no: name a key first",
    )


def _in_process(order_number: str) -> CacheError:
    return CacheError(
        "each process has a cache of its own",
        code="CACHE_IN_PROCESS",
        got=f"CACHE_URL={IN_MEMORY}",
        expected="a cache that processes share, redis: or rediss:",
        fix=f"ask each process for GET /orders/{order_number} with Cache-Control: no-cache and"
        " Authorization: Bearer HEALTH_TOKEN",
        retry="no: with the same CACHE_URL it fails again",
    )


def _reason(error: BaseException) -> str:
    """Returns a word such as ECONNREFUSED; the rest may name more than a log should."""
    if isinstance(error, RedisError) and error.status_code:
        return error.status_code
    cause = error.__cause__ or error.__context__
    match cause if isinstance(cause, OSError) else error:
        case ssl.SSLCertVerificationError():
            return "CERTIFICATE_VERIFY_FAILED"
        case socket.gaierror():
            return "ENOTFOUND"
        case OSError(errno=int(number)) if number in errno.errorcode:
            return errno.errorcode[number]
    return "ETIMEDOUT"


def _unreachable(got: str) -> CacheError:
    return CacheError(
        "the cache does not answer",
        code="CACHE_UNREACHABLE",
        got=got,
        expected="a Redis that answers and lets this user in",
        fix="start it, or correct CACHE_URL; an entry goes by itself after ORDER_CACHE_TTL",
        retry="yes: once it answers",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
