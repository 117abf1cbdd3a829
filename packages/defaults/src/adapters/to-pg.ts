import type { Values } from '../declare/group.ts';
import type { postgres } from '../groups/postgres.ts';

import { spread } from './spread.ts';

type PostgresValues = Values<(typeof postgres)['settings']>;

/** The options of `new pg.Pool` that these settings decide. */
export interface PgOptions {
  readonly max: number;
  readonly connectionTimeoutMillis: number;
  readonly idleTimeoutMillis: number;
  readonly query_timeout: number;
  readonly maxLifetimeSeconds: number;
}

/**
 * Turns loaded settings into the options of `new pg.Pool`.
 *
 * pg waits for ever for a connection unless told otherwise, and has one time-out for waiting and for connecting. The
 * lifetime is drawn once, so that the processes of a service do not renew their connections at the same moment.
 *
 * @param random - a number from 0 up to 1
 * @example
 * ```ts
 * import { loadSettings, postgres, toPg } from '@seaworthy/defaults';
 * const { settings } = loadSettings({ database: postgres }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-orders' });
 * if (toPg(settings.database, () => 0.5).maxLifetimeSeconds !== 1_800) throw new Error('expected seconds');
 * ```
 */
export function toPg(
  settings: Pick<
    PostgresValues,
    | 'poolMax'
    | 'poolWaitTimeoutMs'
    | 'idleTimeoutMs'
    | 'queryTimeoutMs'
    | 'connectionLifetimeMs'
    | 'connectionLifetimeJitter'
  >,
  random: () => number = Math.random,
): PgOptions {
  const lifetimeMs = settings.connectionLifetimeMs * spread(settings.connectionLifetimeJitter, random);
  return {
    max: settings.poolMax,
    connectionTimeoutMillis: settings.poolWaitTimeoutMs,
    idleTimeoutMillis: settings.idleTimeoutMs,
    query_timeout: settings.queryTimeoutMs,
    // pg takes 0 for "never".
    maxLifetimeSeconds: Math.max(1, Math.round(lifetimeMs / 1_000)),
  };
}
