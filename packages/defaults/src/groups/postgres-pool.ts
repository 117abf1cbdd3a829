import { count } from '../kinds/count.ts';
import { duration } from '../kinds/duration.ts';
import { ratio } from '../kinds/ratio.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

/** The connections of one process: how many, how long they live and how long anything waits for them. */
export function postgresPool() {
  return {
    poolMax: count({
      env: 'DATABASE_POOL_MAX',
      default: 10,
      min: 1,
      max: 500,
      owner: serviceOwner,
      reason:
        'connections per process; a rule keeps all processes together below max_connections; as advice, which no rule checks: a database is fastest with about two running queries per core in all, so go lower on a small one; pg has 10, SQLAlchemy 5 and 10 more',
      expect: 'requests hardly wait for a connection, and the database never refuses one for want of max_connections',
      rollback: wayBack.unsetTogether('DATABASE_POOL_MAX'),
      source: 'https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing',
    }),
    instances: count({
      env: 'DATABASE_INSTANCES',
      default: 4,
      min: 1,
      max: 1_000,
      owner: serviceOwner,
      reason:
        'states how many processes share the database, workers and the extra ones of a rollout included, so that the pools can be checked; nothing else reads it',
      expect: 'at least the number of processes that run at once',
      rollback: 'set it to the number of processes that run at once',
    }),
    maxConnections: count({
      env: 'DATABASE_MAX_CONNECTIONS',
      default: 100,
      min: 20,
      max: 100_000,
      owner: serviceOwner,
      reason:
        'states max_connections of the database, or of the pooler in front of it, so that the pools can be checked; nothing else reads it; PostgreSQL ships 100',
      expect: 'the same number as SHOW max_connections prints',
      rollback: 'set it to what SHOW max_connections prints',
      source: 'https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS',
    }),
    poolWaitTimeoutMs: duration({
      env: 'DATABASE_POOL_WAIT_TIMEOUT',
      default: '3s',
      min: '100ms',
      max: '1m',
      owner: serviceOwner,
      reason:
        'bounds the wait for a free connection, so that a full pool does not hold requests; in pg the same option bounds connecting too; pg waits for ever, SQLAlchemy 30s',
      expect: 'a request that finds every connection in use fails after 3s, while its client still listens',
      rollback: wayBack.unsetTogether('DATABASE_POOL_WAIT_TIMEOUT'),
      source: 'https://node-postgres.com/apis/pool',
    }),
    connectionLifetimeMs: duration({
      env: 'DATABASE_CONNECTION_LIFETIME',
      default: '30m',
      min: '1m',
      max: '24h',
      runtimes: ['node'],
      owner: serviceOwner,
      reason:
        'a connection is replaced before a firewall or proxy cuts it, and new ones reach a replica that was added; pg keeps them for ever',
      expect: 'no connection of the service in pg_stat_activity is much older than 30 minutes',
      rollback: wayBack.unset('DATABASE_CONNECTION_LIFETIME'),
      source: 'https://github.com/brettwooldridge/HikariCP#gear-configuration-knobs-baby',
    }),
    connectionLifetimeJitter: ratio({
      env: 'DATABASE_CONNECTION_LIFETIME_JITTER',
      default: 0.1,
      min: 0,
      max: 0.5,
      runtimes: ['node'],
      owner: serviceOwner,
      reason:
        'moves the lifetime up or down by up to a tenth, so that processes that started together do not reconnect together; pg has none',
      expect: 'no wave of new connections every 30 minutes',
      rollback: wayBack.unset('DATABASE_CONNECTION_LIFETIME_JITTER'),
      source: 'https://github.com/brettwooldridge/HikariCP#gear-configuration-knobs-baby',
    }),
    idleTimeoutMs: duration({
      env: 'DATABASE_IDLE_TIMEOUT',
      default: '60s',
      min: '1s',
      max: '1h',
      runtimes: ['node'],
      owner: serviceOwner,
      reason:
        'gives connections back a minute after a burst, without opening new ones all the time; pg closes them after 10s, HikariCP after 10 minutes',
      expect: 'connections fall back within a minute or two after a burst',
      rollback: wayBack.unset('DATABASE_IDLE_TIMEOUT'),
      source: 'https://node-postgres.com/apis/pool',
    }),
    queryTimeoutMs: duration({
      env: 'DATABASE_QUERY_TIMEOUT',
      default: '17s',
      min: '1s',
      max: '10m',
      owner: serviceOwner,
      reason:
        'gives a query up when the network or the server is dead: 2s after statement_timeout, which should always act first, because a statement that is only given up runs on in the server; pg and asyncpg wait for ever',
      expect: 'where the role has statement_timeout, it never ends a query while the database can be reached',
      rollback: wayBack.unsetTogether('DATABASE_QUERY_TIMEOUT'),
      source: 'https://node-postgres.com/apis/client',
    }),
  };
}
