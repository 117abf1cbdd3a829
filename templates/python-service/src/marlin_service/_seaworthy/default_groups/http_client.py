"""Shipped settings with their production defaults. Generated; do not edit."""

from typing import Annotated, Literal

from ...service import SERVICE_OWNER
from ..quantity_kinds import Bytes, Count, Duration, Ratio
from ..settings_group import SettingsGroup
from ..settings_rule import Product, Rule
from ..text_kinds import OneOf, Text


class HttpClient(SettingsGroup):
    """The settings of the group httpClient."""

    label = "httpClient"

    connect_timeout_ms: Annotated[
        int,
        Duration(
            env="HTTP_CLIENT_CONNECT_TIMEOUT",
            default="2s",
            minimum="100ms",
            maximum="30s",
            owner=SERVICE_OWNER,
            reason="a host that does not answer in 2s is down or out of reach; undici waits 10s, httpx 5s, axios as long as the system does",
            expect="each try to reach a host that is gone ends in about 2s; HTTP_CLIENT_ATTEMPTS says how many a call makes",
            rollback="unset HTTP_CLIENT_CONNECT_TIMEOUT wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/",
        ),
    ]
    headers_timeout_ms: Annotated[
        int,
        Duration(
            env="HTTP_CLIENT_HEADERS_TIMEOUT",
            default="3s",
            minimum="100ms",
            maximum="5m",
            owner=SERVICE_OWNER,
            reason="how long one attempt waits for an answer to begin: 3 attempts fit into the deadline of 10s; if the callee has a known p99.9, take that; undici waits 300s, axios for ever, httpx 5s",
            expect="at most one call in a thousand ends by it while the callee is well",
            rollback="unset HTTP_CLIENT_HEADERS_TIMEOUT wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/",
        ),
    ]
    body_timeout_ms: Annotated[
        int,
        Duration(
            env="HTTP_CLIENT_BODY_TIMEOUT",
            default="10s",
            minimum="100ms",
            maximum="5m",
            owner=SERVICE_OWNER,
            reason="the longest gap between two pieces of a body; each piece starts it anew; HTTP_CLIENT_DEADLINE bounds the whole call and acts first while it is no longer than this; undici waits 300s, httpx 5s",
            expect="a download that stalls fails within about 10s, even where the deadline was raised for long ones",
            rollback="unset HTTP_CLIENT_BODY_TIMEOUT wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://github.com/nodejs/undici/blob/main/docs/docs/api/Client.md",
        ),
    ]
    deadline_ms: Annotated[
        int,
        Duration(
            env="HTTP_CLIENT_DEADLINE",
            default="10s",
            minimum="500ms",
            maximum="10m",
            owner=SERVICE_OWNER,
            reason="the whole call with all its attempts and pauses, shorter than the handler that waits for it; undici and httpx have none",
            expect="no call takes longer than 10s, so a handler that waits for one can still answer",
            rollback="unset HTTP_CLIENT_DEADLINE wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://sre.google/sre-book/addressing-cascading-failures/",
        ),
    ]
    attempts: Annotated[
        int,
        Count(
            env="HTTP_CLIENT_ATTEMPTS",
            default="3",
            minimum=1,
            maximum=10,
            owner=SERVICE_OWNER,
            reason="the first try and two more: what failed three times fails again, and each try is load; the retry agent of undici makes 6, got and the AWS SDK 3, httpx 1; 1 turns retries off",
            expect="a short failure of the callee is seldom seen by users, where the call may be made twice",
            rollback="to stop all retries set HTTP_CLIENT_ATTEMPTS=1 and restart; else unset HTTP_CLIENT_ATTEMPTS wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://sre.google/sre-book/handling-overload/",
        ),
    ]
    backoff_base_ms: Annotated[
        int,
        Duration(
            env="HTTP_CLIENT_BACKOFF_BASE",
            default="100ms",
            minimum="10ms",
            maximum="10s",
            owner=SERVICE_OWNER,
            reason="the longest pause before the second attempt; it doubles each time; undici pauses 500ms, the AWS SDK 100ms",
            expect="the pause before the second attempt is at most 100ms, unless the callee asks with Retry-After for more, up to HTTP_CLIENT_BACKOFF_CAP",
            rollback="unset HTTP_CLIENT_BACKOFF_BASE wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/",
        ),
    ]
    backoff_cap_ms: Annotated[
        int,
        Duration(
            env="HTTP_CLIENT_BACKOFF_CAP",
            default="2s",
            minimum="100ms",
            maximum="5m",
            owner=SERVICE_OWNER,
            reason="the pause never grows over this while a user waits; work in the background may take 20s; undici stops at 30s, the AWS SDK at 20s",
            expect="no pause is longer than 2s: a callee that asks for more with Retry-After is not tried again",
            rollback="unset HTTP_CLIENT_BACKOFF_CAP wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/",
        ),
    ]
    jitter: Annotated[
        Literal["full", "none"],
        OneOf(
            env="HTTP_CLIENT_JITTER",
            default="full",
            words=("full", "none"),
            owner=SERVICE_OWNER,
            reason="full draws each pause between 0 and its length, so that clients that failed together do not come back together; undici has none",
            expect="after an outage of the callee its load rises evenly, not in waves",
            rollback="unset HTTP_CLIENT_JITTER wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/",
        ),
    ]
    retry_budget: Annotated[
        float,
        Ratio(
            env="HTTP_CLIENT_RETRY_BUDGET",
            default="0.1",
            minimum="0",
            maximum="1",
            owner=SERVICE_OWNER,
            reason="retries may be at most a tenth of all calls: a callee that is down gets 1.1 times its load, not 3 times; undici and httpx have no budget",
            expect="during an outage of the callee we send it about a tenth more calls than before, not three times as many",
            rollback="unset HTTP_CLIENT_RETRY_BUDGET wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://sre.google/sre-book/handling-overload/",
        ),
    ]
    retry_methods: Annotated[
        str,
        Text(
            env="HTTP_CLIENT_RETRY_METHODS",
            default="GET,HEAD,OPTIONS,PUT,DELETE",
            pattern="(GET|HEAD|OPTIONS|TRACE|PUT|DELETE|POST|PATCH)(,(GET|HEAD|OPTIONS|TRACE|PUT|DELETE|POST|PATCH))*",
            description="HTTP methods in upper case joined by commas, such as GET,HEAD",
            owner=SERVICE_OWNER,
            reason="only what may safely happen twice is tried again: add POST only where the callee knows an idempotency key; undici adds TRACE",
            expect="nothing that must happen once, such as a payment or a mail, happens twice because of a retry",
            rollback="unset HTTP_CLIENT_RETRY_METHODS wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://www.rfc-editor.org/rfc/rfc9110.html#section-9.2.2",
        ),
    ]
    retry_statuses: Annotated[
        str,
        Text(
            env="HTTP_CLIENT_RETRY_STATUSES",
            default="429,502,503,504",
            pattern="[45][0-9][0-9](,[45][0-9][0-9])*",
            description="status codes from 400 to 599 joined by commas, such as 502,503",
            owner=SERVICE_OWNER,
            reason="these say that the callee is busy or a proxy lost it, so a later try may work; its Retry-After is honoured; undici adds 500, which tells of a bug",
            expect="a 500 or a 404 is seen at once, and a 503 in passing is seldom seen",
            rollback="unset HTTP_CLIENT_RETRY_STATUSES wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://github.com/nodejs/undici/blob/main/docs/docs/api/RetryHandler.md",
        ),
    ]
    breaker_error_ratio: Annotated[
        float,
        Ratio(
            env="HTTP_CLIENT_BREAKER_ERROR_RATIO",
            default="0.5",
            minimum="0.05",
            maximum="0.99",
            owner=SERVICE_OWNER,
            reason="when more than half of the calls fail the callee is down: calls stop at once instead of waiting for their time-outs; opossum and resilience4j take 50% too",
            expect="once more than half of the calls have failed, the next ones fail in a millisecond; while the callee is well the breaker never opens",
            rollback="unset HTTP_CLIENT_BREAKER_ERROR_RATIO wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://nodeshift.dev/opossum/",
        ),
    ]
    breaker_window_ms: Annotated[
        int,
        Duration(
            env="HTTP_CLIENT_BREAKER_WINDOW",
            default="10s",
            minimum="1s",
            maximum="10m",
            owner=SERVICE_OWNER,
            reason="the span over which calls and failed calls are counted; the default of opossum, stated",
            expect="with 20 calls or more in 10s the breaker opens within about 20s of an outage, time-outs of calls included",
            rollback="unset HTTP_CLIENT_BREAKER_WINDOW wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://nodeshift.dev/opossum/",
        ),
    ]
    breaker_minimum_calls: Annotated[
        int,
        Count(
            env="HTTP_CLIENT_BREAKER_MINIMUM_CALLS",
            default="20",
            minimum=1,
            maximum=10000,
            owner=SERVICE_OWNER,
            reason="two failed calls of three prove nothing: the breaker stays closed below 20 calls in the window; opossum has 0, so one failure opens it",
            expect="a single failure at night does not open the breaker",
            rollback="unset HTTP_CLIENT_BREAKER_MINIMUM_CALLS wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://nodeshift.dev/opossum/",
        ),
    ]
    breaker_open_ms: Annotated[
        int,
        Duration(
            env="HTTP_CLIENT_BREAKER_OPEN",
            default="30s",
            minimum="1s",
            maximum="10m",
            owner=SERVICE_OWNER,
            reason="lets the callee recover before one call is let through as a trial; the default of opossum, stated; resilience4j waits 60s",
            expect="calls work again at most about 30s after the callee does",
            rollback="unset HTTP_CLIENT_BREAKER_OPEN wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://nodeshift.dev/opossum/",
        ),
    ]
    connections_per_origin: Annotated[
        int,
        Count(
            env="HTTP_CLIENT_CONNECTIONS_PER_ORIGIN",
            default="50",
            minimum=1,
            maximum=10000,
            owner=SERVICE_OWNER,
            reason="bounds sockets to one callee, so that a slow one cannot take all of ours; Node and undici have no limit, httpx 100 in all",
            expect="at most 50 open connections from one process to one host and port",
            rollback="unset HTTP_CLIENT_CONNECTIONS_PER_ORIGIN wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://github.com/nodejs/undici/blob/main/docs/docs/api/Pool.md",
        ),
    ]
    idle_timeout_ms: Annotated[
        int,
        Duration(
            env="HTTP_CLIENT_IDLE_TIMEOUT",
            default="4s",
            minimum="1s",
            maximum="10m",
            owner=SERVICE_OWNER,
            reason="an idle connection is closed here before a server closes it, which Node and uvicorn do after 5s: otherwise a request meets a closing socket; undici has 4s, httpx 5s",
            expect="no ECONNRESET on the first request after a pause, where the server waits 5s or longer",
            rollback="unset HTTP_CLIENT_IDLE_TIMEOUT wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://github.com/nodejs/undici/blob/main/docs/docs/api/Client.md",
        ),
    ]
    max_response_bytes: Annotated[
        int,
        Bytes(
            env="HTTP_CLIENT_MAX_RESPONSE_SIZE",
            default="10MiB",
            minimum="1KiB",
            maximum="1GiB",
            owner=SERVICE_OWNER,
            reason="bounds the memory that one answer can take; undici, axios and httpx take any size",
            expect="an answer over 10MiB fails its call, and none that is read today is so large",
            rollback="unset HTTP_CLIENT_MAX_RESPONSE_SIZE wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://github.com/nodejs/undici/blob/main/docs/docs/api/Client.md",
        ),
    ]

    rules = (
        Rule(
            says="deadline at least attempts times headersTimeout",
            left="deadline_ms",
            relation=">=",
            right=Product("attempts", "headers_timeout_ms"),
            fix="lower HTTP_CLIENT_HEADERS_TIMEOUT or HTTP_CLIENT_ATTEMPTS, so that the last attempt still has its time",
        ),
        Rule(
            says="deadline shorter than the handlerTimeout of httpServer",
            left="deadline_ms",
            relation="<",
            right="httpServer.handlerTimeoutMs",
            fix="lower HTTP_CLIENT_DEADLINE, so that the handler can still answer when a call fails",
        ),
        Rule(
            says="backoffBase at most backoffCap",
            left="backoff_base_ms",
            relation="<=",
            right="backoff_cap_ms",
            fix="lower HTTP_CLIENT_BACKOFF_BASE, or raise HTTP_CLIENT_BACKOFF_CAP",
        ),
    )
