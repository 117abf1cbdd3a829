import { duration } from '../kinds/duration.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

/** What the database itself ends, set on the role of the service: never in postgresql.conf, which holds for backups too. */
export function postgresRole() {
  return {
    statementTimeoutMs: duration({
      appliesTo: 'postgres-role',
      parameter: 'statement_timeout',
      default: '15s',
      min: '1s',
      max: '10m',
      owner: serviceOwner,
      reason:
        'ends a statement that nobody waits for any more; set on the role and not in postgresql.conf, which would end backups too; PostgreSQL has no limit',
      expect: 'no statement of the role runs longer than 15s; one that would fails with SQLSTATE 57014',
      rollback: wayBack.resetRole(
        'statement_timeout',
        'then DATABASE_QUERY_TIMEOUT gives a query up, while its statement runs on in the server to its end or until pg_cancel_backend',
      ),
      source: 'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT',
    }),
    lockTimeoutMs: duration({
      appliesTo: 'postgres-role',
      parameter: 'lock_timeout',
      default: '3s',
      min: '100ms',
      max: '5m',
      owner: serviceOwner,
      reason:
        'a statement that waits for a lock makes others wait behind it; the role of migrations gets 5s; PostgreSQL has no limit',
      expect:
        'a statement of the role that waits longer than 3s for a lock fails with SQLSTATE 55P03, and others go on',
      rollback: wayBack.resetRole(
        'lock_timeout',
        'then statement_timeout ends a statement that waits for a lock, and those behind it wait as long',
      ),
      source: 'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT',
    }),
    idleInTransactionTimeoutMs: duration({
      appliesTo: 'postgres-role',
      parameter: 'idle_in_transaction_session_timeout',
      default: '30s',
      min: '1s',
      max: '10m',
      owner: serviceOwner,
      reason: 'a transaction left open holds locks and stops vacuum, so its session is closed; PostgreSQL has no limit',
      expect: 'no session of the role is idle in transaction for longer than 30s in pg_stat_activity',
      rollback: wayBack.resetRole(
        'idle_in_transaction_session_timeout',
        'then transaction_timeout ends such a session, and before PostgreSQL 17 nothing but pg_terminate_backend',
      ),
      source:
        'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-IDLE-IN-TRANSACTION-SESSION-TIMEOUT',
    }),
    transactionTimeoutMs: duration({
      appliesTo: 'postgres-role',
      parameter: 'transaction_timeout',
      default: '60s',
      min: '1s',
      max: '1h',
      owner: serviceOwner,
      reason:
        'bounds a transaction of many short statements, which no other limit ends; PostgreSQL 17 and later, where it has no limit; leave it out before 17',
      expect: 'no transaction of the role is open for longer than a minute',
      rollback: wayBack.resetRole(
        'transaction_timeout',
        'then statement_timeout and idle_in_transaction_session_timeout bound each step of a transaction, and nothing bounds the whole',
      ),
      source: 'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-TRANSACTION-TIMEOUT',
    }),
  };
}
