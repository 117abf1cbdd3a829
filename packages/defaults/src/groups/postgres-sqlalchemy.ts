import { duration } from '../kinds/duration.ts';
import { flag } from '../kinds/flag.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

/** What only SQLAlchemy has: pg knows one option for waiting and connecting, and checks no connection before use. */
export function postgresSqlalchemy() {
  return {
    connectTimeoutMs: duration({
      appliesTo: 'sqlalchemy',
      parameter: 'connect_args.timeout',
      default: '5s',
      min: '1s',
      max: '1m',
      runtimes: ['python'],
      owner: serviceOwner,
      reason:
        'a database that does not answer in 5s is down or has failed over: the next try may reach the new one; asyncpg waits 60s',
      expect: 'a try to connect to a database that is gone fails in about 5s',
      rollback: wayBack.dropOption('connect_args.timeout'),
      source: 'https://magicstack.github.io/asyncpg/current/api/index.html#connection',
    }),
    poolPrePing: flag({
      appliesTo: 'sqlalchemy',
      parameter: 'pool_pre_ping',
      default: true,
      runtimes: ['python'],
      owner: serviceOwner,
      reason:
        'tests a connection before each use, so that a restart of the database fails no request; SQLAlchemy does not',
      expect: 'no request that begins after a restart of the database meets a closed connection',
      rollback: wayBack.dropOption('pool_pre_ping'),
      source: 'https://docs.sqlalchemy.org/en/20/core/pooling.html#disconnect-handling-pessimistic',
    }),
    poolRecycleMs: duration({
      appliesTo: 'sqlalchemy',
      parameter: 'pool_recycle',
      default: '30m',
      min: '1m',
      max: '24h',
      runtimes: ['python'],
      owner: serviceOwner,
      reason:
        'a connection is replaced before a firewall or proxy cuts it; what DATABASE_CONNECTION_LIFETIME is in Node; SQLAlchemy keeps connections for ever',
      expect: 'the pool hands out no connection older than 30 minutes',
      rollback: wayBack.dropOption('pool_recycle'),
      source: 'https://docs.sqlalchemy.org/en/20/core/pooling.html#setting-pool-recycle',
    }),
  };
}
