import { defineDefaults } from '../declare/define-defaults.ts';
import { lazyGroup } from '../declare/lazy-group.ts';

import { postgresPool } from './postgres-pool.ts';
import { postgresRole } from './postgres-role.ts';
import { postgresSqlalchemy } from './postgres-sqlalchemy.ts';

function postgresSettings() {
  return { ...postgresPool(), ...postgresRole(), ...postgresSqlalchemy() };
}

/**
 * How many connections to PostgreSQL a process holds, and how long it and the database wait for each other.
 *
 * What a role has (`statement_timeout` and its kin) is set in the database and not loaded: it holds for every program
 * that uses the role.
 *
 * @example
 * ```ts
 * import { loadSettings, postgres } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ database: postgres }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * const { instances, poolMax, maxConnections } = settings.database;
 * if (instances * poolMax >= maxConnections) throw new Error('the database would refuse connections');
 * ```
 */
export const postgres = /* @__PURE__ */ lazyGroup(() =>
  defineDefaults('postgres', 'DATABASE_', postgresSettings(), [
    {
      says: 'instances times poolMax at most maxConnections less 10 for people and backups',
      left: { product: ['instances', 'poolMax'] },
      relation: '<=',
      right: { sum: ['maxConnections', -10] },
      fix: 'lower DATABASE_POOL_MAX, or raise max_connections of the database and then DATABASE_MAX_CONNECTIONS',
    },
    {
      says: 'poolWaitTimeout shorter than the handlerTimeout of httpServer',
      left: 'poolWaitTimeoutMs',
      relation: '<',
      right: 'httpServer.handlerTimeoutMs',
      fix: 'lower DATABASE_POOL_WAIT_TIMEOUT, so that the handler can still answer when the pool is empty',
    },
    {
      says: 'lock_timeout shorter than statement_timeout',
      left: 'lockTimeoutMs',
      relation: '<',
      right: 'statementTimeoutMs',
      fix: 'lower lock_timeout: at or above statement_timeout it never acts',
    },
    {
      says: 'statement_timeout shorter than queryTimeout',
      left: 'statementTimeoutMs',
      relation: '<',
      right: 'queryTimeoutMs',
      fix: 'set DATABASE_QUERY_TIMEOUT to statement_timeout and 2s more, so that the database ends a query before the client gives it up',
    },
  ]),
);
