"""Shipped settings with their production defaults. Generated; do not edit."""

from typing import Annotated

from ...service import SERVICE_OWNER
from ..quantity_kinds import Bytes, Count, Duration
from ..settings_group import SettingsGroup
from ..settings_rule import Rule
from ..text_kinds import Text


class HttpServer(SettingsGroup):
    """The settings of the group httpServer."""

    label = "httpServer"

    host: Annotated[
        str,
        Text(
            env="HTTP_HOST",
            default="0.0.0.0",
            development="127.0.0.1",
            test="127.0.0.1",
            owner=SERVICE_OWNER,
            reason="a balancer or a probe reaches the service from outside its container; a workstation should not be reached",
            expect="the balancer gets answers, and nobody reaches a workstation",
            rollback="unset HTTP_HOST wherever it is set and restart one instance; watch it, then restart the rest",
        ),
    ]
    port: Annotated[
        int,
        Count(
            env="HTTP_PORT",
            default="8080",
            minimum=0,
            maximum=65535,
            owner=SERVICE_OWNER,
            reason="a port that needs no privilege; 0 binds a free one, which is of use in tests only",
            expect="the service answers on this port, where the balancer and the probes look for it",
            rollback="unset HTTP_PORT wherever it is set and restart one instance; watch it, then restart the rest; set the port that the balancer and the probes use back with it",
        ),
    ]
    request_timeout_ms: Annotated[
        int,
        Duration(
            env="HTTP_REQUEST_TIMEOUT",
            default="30s",
            minimum="1s",
            maximum="5m",
            owner=SERVICE_OWNER,
            reason="bounds how long a slow client may take to send a whole request; on Fastify HTTP_HANDLER_TIMEOUT runs while a body arrives too, so longer uploads need both raised; Node waits 300s, uvicorn for ever",
            expect="a stalled upload is cut off in about 30s with 408; on Fastify HTTP_HANDLER_TIMEOUT cuts it off first, in 25s",
            rollback="unset HTTP_REQUEST_TIMEOUT wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://nodejs.org/api/http.html#serverrequesttimeout",
        ),
    ]
    keep_alive_timeout_ms: Annotated[
        int,
        Duration(
            env="HTTP_KEEP_ALIVE_TIMEOUT",
            default="72s",
            minimum="1s",
            maximum="15m",
            owner=SERVICE_OWNER,
            reason="a balancer reuses a connection until its own idle time ends; Node and uvicorn hang up after 5s, which is answered with 502; a Google balancer idles 600s: set 620s, and HTTP_BALANCER_IDLE_TIMEOUT to 600s",
            expect="no 502 from the balancer while the service is well",
            rollback="unset HTTP_KEEP_ALIVE_TIMEOUT wherever it is set and restart one instance; watch it, then restart the rest; where HTTP_BALANCER_IDLE_TIMEOUT is 72s or more, set it 20s above that instead",
            source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/config-idle-timeout.html",
        ),
    ]
    balancer_idle_timeout_ms: Annotated[
        int,
        Duration(
            env="HTTP_BALANCER_IDLE_TIMEOUT",
            default="60s",
            minimum="1s",
            maximum="14m",
            owner=SERVICE_OWNER,
            reason="states the idle time of the balancer in front, so that the other time-outs can be checked against it; nothing else reads it",
            expect="the same value as in the balancer",
            rollback="set it to what the balancer says, and HTTP_KEEP_ALIVE_TIMEOUT at least 5s above it",
            source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/config-idle-timeout.html",
        ),
    ]
    handler_timeout_ms: Annotated[
        int,
        Duration(
            env="HTTP_HANDLER_TIMEOUT",
            default="25s",
            minimum="1s",
            maximum="4m",
            owner=SERVICE_OWNER,
            reason="an answer of our own before the balancer gives up; on Fastify it runs from the moment the headers are there; Fastify and uvicorn wait for ever",
            expect="a stuck request gets 503 in 25s",
            rollback="unset HTTP_HANDLER_TIMEOUT wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://fastify.dev/docs/latest/Reference/Server/#handlertimeout",
        ),
    ]
    drain_timeout_ms: Annotated[
        int,
        Duration(
            env="HTTP_DRAIN_TIMEOUT",
            default="30s",
            minimum="1s",
            maximum="5m",
            owner=SERVICE_OWNER,
            reason="how long requests in flight may take to finish after SIGTERM, less than the platform waits before SIGKILL; as advice, which no rule checks: not less than HTTP_HANDLER_TIMEOUT, or a request that is still allowed to run is cut off",
            expect="a restart loses no request that ends within 30s, and the process exits 0",
            rollback="unset HTTP_DRAIN_TIMEOUT wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
        ),
    ]
    max_header_bytes: Annotated[
        int,
        Bytes(
            env="HTTP_MAX_HEADER_SIZE",
            default="16KiB",
            minimum="4KiB",
            maximum="64KiB",
            owner=SERVICE_OWNER,
            reason="bounds memory for each connection; too many cookies go over it; the default of Node, stated",
            expect="larger headers get 431, and no client that works today sends any",
            rollback="unset HTTP_MAX_HEADER_SIZE wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://nodejs.org/api/cli.html#--max-http-header-sizesize",
        ),
    ]
    body_limit_bytes: Annotated[
        int,
        Bytes(
            env="HTTP_BODY_LIMIT",
            default="1MiB",
            minimum="1KiB",
            maximum="50MiB",
            owner=SERVICE_OWNER,
            reason="bounds memory for each request; the default of Fastify, stated; uvicorn has no limit",
            expect="a larger body gets 413, and nothing of it is kept",
            rollback="unset HTTP_BODY_LIMIT wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://fastify.dev/docs/latest/Reference/Server/#bodylimit",
        ),
    ]
    trusted_proxies: Annotated[
        str,
        Text(
            env="HTTP_TRUSTED_PROXIES",
            default="none",
            pattern="none|((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])([.](25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}(/(3[0-2]|[12]?[0-9]))?|(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){1,1}(:[0-9a-fA-F]{1,4}){1,6}|:(:[0-9a-fA-F]{1,4}){1,7}|::)(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)(,((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])([.](25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}(/(3[0-2]|[12]?[0-9]))?|(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}(:[0-9a-fA-F]{1,4}){1,1}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|([0-9a-fA-F]{1,4}:){1,1}(:[0-9a-fA-F]{1,4}){1,6}|:(:[0-9a-fA-F]{1,4}){1,7}|::)(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?))*",
            description="none, or addresses and networks joined by commas, such as 10.0.0.0/8",
            owner=SERVICE_OWNER,
            reason="X-Forwarded-For is believed from these addresses only, because any client can write it: state the network of the balancer; Fastify trusts nobody, uvicorn the machine itself",
            expect="the log shows the address of the client, not of the balancer, and no client can choose it",
            rollback="unset HTTP_TRUSTED_PROXIES wherever it is set and restart one instance; watch it, then restart the rest",
            source="https://fastify.dev/docs/latest/Reference/Server/#trustproxy",
        ),
    ]

    rules = (
        Rule(
            says="keepAliveTimeout longer than balancerIdleTimeout",
            left="keep_alive_timeout_ms",
            relation=">",
            right="balancer_idle_timeout_ms",
            fix="raise HTTP_KEEP_ALIVE_TIMEOUT at least 5s above HTTP_BALANCER_IDLE_TIMEOUT",
        ),
        Rule(
            says="handlerTimeout shorter than balancerIdleTimeout",
            left="handler_timeout_ms",
            relation="<",
            right="balancer_idle_timeout_ms",
            fix="lower HTTP_HANDLER_TIMEOUT at least 5s below HTTP_BALANCER_IDLE_TIMEOUT",
        ),
    )
