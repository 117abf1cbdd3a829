"""Shipped settings with their production defaults. Generated; do not edit."""

from typing import Annotated, ClassVar

from ...service import SERVICE_OWNER
from ..quantity_kinds import Count, Duration
from ..setting import Setting
from ..settings_group import SettingsGroup
from ..settings_rule import Product, Rule, Sum
from ..text_kinds import Flag


class Postgres(SettingsGroup):
    """The settings of the group postgres."""

    label = "postgres"

    pool_max: Annotated[
        int,
        Count(
            env="DATABASE_POOL_MAX",
            default="10",
            minimum=1,
            maximum=500,
            owner=SERVICE_OWNER,
            reason="connections per process; a rule keeps all processes together below max_connections; as advice, which no rule checks: a database is fastest with about two running queries per core in all, so go lower on a small one; pg has 10, SQLAlchemy 5 and 10 more",
            expect="requests hardly wait for a connection, and the database never refuses one for want of max_connections",
            rollback="unset DATABASE_POOL_MAX wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing",
        ),
    ]
    instances: Annotated[
        int,
        Count(
            env="DATABASE_INSTANCES",
            default="4",
            minimum=1,
            maximum=1000,
            owner=SERVICE_OWNER,
            reason="states how many processes share the database, workers and the extra ones of a rollout included, so that the pools can be checked; nothing else reads it",
            expect="at least the number of processes that run at once",
            rollback="set it to the number of processes that run at once",
        ),
    ]
    max_connections: Annotated[
        int,
        Count(
            env="DATABASE_MAX_CONNECTIONS",
            default="100",
            minimum=20,
            maximum=100000,
            owner=SERVICE_OWNER,
            reason="states max_connections of the database, or of the pooler in front of it, so that the pools can be checked; nothing else reads it; PostgreSQL ships 100",
            expect="the same number as SHOW max_connections prints",
            rollback="set it to what SHOW max_connections prints",
            source="https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS",
        ),
    ]
    pool_wait_timeout_ms: Annotated[
        int,
        Duration(
            env="DATABASE_POOL_WAIT_TIMEOUT",
            default="3s",
            minimum="100ms",
            maximum="1m",
            owner=SERVICE_OWNER,
            reason="bounds the wait for a free connection, so that a full pool does not hold requests; in pg the same option bounds connecting too; pg waits for ever, SQLAlchemy 30s",
            expect="a request that finds every connection in use fails after 3s, while its client still listens",
            rollback="unset DATABASE_POOL_WAIT_TIMEOUT wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://node-postgres.com/apis/pool",
        ),
    ]
    query_timeout_ms: Annotated[
        int,
        Duration(
            env="DATABASE_QUERY_TIMEOUT",
            default="17s",
            minimum="1s",
            maximum="10m",
            owner=SERVICE_OWNER,
            reason="gives a query up when the network or the server is dead: 2s after statement_timeout, which should always act first, because a statement that is only given up runs on in the server; pg and asyncpg wait for ever",
            expect="where the role has statement_timeout, it never ends a query while the database can be reached",
            rollback="unset DATABASE_QUERY_TIMEOUT wherever it is set, together with what was changed with it (rules tie them), and restart one instance; watch it, then restart the rest",
            source="https://node-postgres.com/apis/client",
        ),
    ]

    platform: ClassVar[dict[str, Setting]] = {
        "statement_timeout_ms": Duration(
            applies_to="postgres-role",
            parameter="statement_timeout",
            default="15s",
            minimum="1s",
            maximum="10m",
            owner=SERVICE_OWNER,
            reason="ends a statement that nobody waits for any more; set on the role and not in postgresql.conf, which would end backups too; PostgreSQL has no limit",
            expect="no statement of the role runs longer than 15s; one that would fails with SQLSTATE 57014",
            rollback="ALTER ROLE app RESET statement_timeout; where app is the role of the service: it takes the limit away from new sessions only, so restart one instance, watch it, then restart the rest; then DATABASE_QUERY_TIMEOUT gives a query up, while its statement runs on in the server to its end or until pg_cancel_backend",
            source="https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT",
        ),
        "lock_timeout_ms": Duration(
            applies_to="postgres-role",
            parameter="lock_timeout",
            default="3s",
            minimum="100ms",
            maximum="5m",
            owner=SERVICE_OWNER,
            reason="a statement that waits for a lock makes others wait behind it; the role of migrations gets 5s; PostgreSQL has no limit",
            expect="a statement of the role that waits longer than 3s for a lock fails with SQLSTATE 55P03, and others go on",
            rollback="ALTER ROLE app RESET lock_timeout; where app is the role of the service: it takes the limit away from new sessions only, so restart one instance, watch it, then restart the rest; then statement_timeout ends a statement that waits for a lock, and those behind it wait as long",
            source="https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT",
        ),
        "idle_in_transaction_timeout_ms": Duration(
            applies_to="postgres-role",
            parameter="idle_in_transaction_session_timeout",
            default="30s",
            minimum="1s",
            maximum="10m",
            owner=SERVICE_OWNER,
            reason="a transaction left open holds locks and stops vacuum, so its session is closed; PostgreSQL has no limit",
            expect="no session of the role is idle in transaction for longer than 30s in pg_stat_activity",
            rollback="ALTER ROLE app RESET idle_in_transaction_session_timeout; where app is the role of the service: it takes the limit away from new sessions only, so restart one instance, watch it, then restart the rest; then transaction_timeout ends such a session, and before PostgreSQL 17 nothing but pg_terminate_backend",
            source="https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-IDLE-IN-TRANSACTION-SESSION-TIMEOUT",
        ),
        "transaction_timeout_ms": Duration(
            applies_to="postgres-role",
            parameter="transaction_timeout",
            default="60s",
            minimum="1s",
            maximum="1h",
            owner=SERVICE_OWNER,
            reason="bounds a transaction of many short statements, which no other limit ends; PostgreSQL 17 and later, where it has no limit; leave it out before 17",
            expect="no transaction of the role is open for longer than a minute",
            rollback="ALTER ROLE app RESET transaction_timeout; where app is the role of the service: it takes the limit away from new sessions only, so restart one instance, watch it, then restart the rest; then statement_timeout and idle_in_transaction_session_timeout bound each step of a transaction, and nothing bounds the whole",
            source="https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-TRANSACTION-TIMEOUT",
        ),
        "connect_timeout_ms": Duration(
            applies_to="sqlalchemy",
            parameter="connect_args.timeout",
            default="5s",
            minimum="1s",
            maximum="1m",
            owner=SERVICE_OWNER,
            reason="a database that does not answer in 5s is down or has failed over: the next try may reach the new one; asyncpg waits 60s",
            expect="a try to connect to a database that is gone fails in about 5s",
            rollback="drop connect_args.timeout from create_async_engine and release that to one instance; watch it, then release it to the rest",
            source="https://magicstack.github.io/asyncpg/current/api/index.html#connection",
        ),
        "pool_pre_ping": Flag(
            applies_to="sqlalchemy",
            parameter="pool_pre_ping",
            default="true",
            owner=SERVICE_OWNER,
            reason="tests a connection before each use, so that a restart of the database fails no request; SQLAlchemy does not",
            expect="no request that begins after a restart of the database meets a closed connection",
            rollback="drop pool_pre_ping from create_async_engine and release that to one instance; watch it, then release it to the rest",
            source="https://docs.sqlalchemy.org/en/20/core/pooling.html#disconnect-handling-pessimistic",
        ),
        "pool_recycle_ms": Duration(
            applies_to="sqlalchemy",
            parameter="pool_recycle",
            default="30m",
            minimum="1m",
            maximum="24h",
            owner=SERVICE_OWNER,
            reason="a connection is replaced before a firewall or proxy cuts it; what DATABASE_CONNECTION_LIFETIME is in Node; SQLAlchemy keeps connections for ever",
            expect="the pool hands out no connection older than 30 minutes",
            rollback="drop pool_recycle from create_async_engine and release that to one instance; watch it, then release it to the rest",
            source="https://docs.sqlalchemy.org/en/20/core/pooling.html#setting-pool-recycle",
        ),
    }

    rules = (
        Rule(
            says="instances times poolMax at most maxConnections less 10 for people and backups",
            left=Product("instances", "pool_max"),
            relation="<=",
            right=Sum("max_connections", -10),
            fix="lower DATABASE_POOL_MAX, or raise max_connections of the database and then DATABASE_MAX_CONNECTIONS",
        ),
        Rule(
            says="poolWaitTimeout shorter than the handlerTimeout of httpServer",
            left="pool_wait_timeout_ms",
            relation="<",
            right="httpServer.handlerTimeoutMs",
            fix="lower DATABASE_POOL_WAIT_TIMEOUT, so that the handler can still answer when the pool is empty",
        ),
        Rule(
            says="lock_timeout shorter than statement_timeout",
            left="lock_timeout_ms",
            relation="<",
            right="statement_timeout_ms",
            fix="lower lock_timeout: at or above statement_timeout it never acts",
        ),
        Rule(
            says="statement_timeout shorter than queryTimeout",
            left="statement_timeout_ms",
            relation="<",
            right="query_timeout_ms",
            fix="set DATABASE_QUERY_TIMEOUT to statement_timeout and 2s more, so that the database ends a query before the client gives it up",
        ),
    )
