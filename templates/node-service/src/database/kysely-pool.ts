import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool } from 'pg';

import { DatabaseUnavailable, isPostgresError } from '../driver-errors.ts';

/**
 * The connections as Kysely takes them. What the connection itself fails with is told apart from what PostgreSQL says to
 * a statement, and a connection that failed is not used again: its next statement would wait behind the one that hangs.
 */
export function kyselyPool(pool: Pool): PostgresPool {
  return { options: pool.options, connect: () => connect(pool), end: () => pool.end() };
}

async function connect(pool: Pool): Promise<PostgresPoolClient> {
  const client = await pool.connect().catch((error: unknown) => {
    throw new DatabaseUnavailable(error);
  });
  let isLost = false;
  // An event 'error' that nobody listens to ends the process; the statement that was waiting fails as well.
  const onError = () => {
    isLost = true;
  };
  client.on('error', onError);
  const query = async (sql: string, parameters: readonly unknown[]) => {
    // Kysely rolls back what failed; on a connection that hangs that would take as long again.
    if (isLost) throw new DatabaseUnavailable(new Error('the connection was lost'));
    try {
      return await client.query(sql, [...parameters]);
    } catch (error) {
      if (isPostgresError(error)) throw error;
      isLost = true;
      throw new DatabaseUnavailable(error);
    }
  };
  return {
    // Kysely streams only where it is given a cursor, so the other form of the call never comes.
    query: query as unknown as PostgresPoolClient['query'],
    release() {
      client.off('error', onError);
      client.release(isLost);
    },
  };
}
