import type { ClientBase } from 'pg';

import { throwPostgresFailure } from '../driver-errors.ts';

import { createLedger, type MigratedDatabase } from './migration.ts';

// Whoever migrates in another language takes the same lock: the letters "mgrt" as a number.
const waitForOthers = 'SELECT pg_advisory_xact_lock(1835496052)';
// The limits of the role are for requests; a migration may take long, and so may somebody else's. Not every server has each.
const liftLimits = `SELECT set_config(name, '0', true) FROM pg_settings
  WHERE name IN ('lock_timeout', 'statement_timeout', 'transaction_timeout')`;
// Whoever wants a table that a migration waits for waits behind it: better that it fails, and is run again.
const limitWaits = "SET LOCAL lock_timeout = '5s'";

/** What a database of PostgreSQL has applied, on one connection. */
export function postgresMigrations(client: Pick<ClientBase, 'query'>): MigratedDatabase {
  return {
    async applied() {
      const found = await client
        .query<{ ledger: string | null }>("SELECT to_regclass('schema_migrations')::text AS ledger")
        .catch(throwPostgresFailure);
      if (found.rows[0]?.ledger === null) return new Map();
      const { rows } = await client
        .query<{ number: number; sha256: string }>('SELECT number, sha256 FROM schema_migrations')
        .catch(throwPostgresFailure);
      return new Map(rows.map(({ number, sha256 }) => [number, sha256]));
    },
    async apply({ number, name, sql, sha256 }) {
      await client.query('BEGIN');
      try {
        for (const statement of [liftLimits, waitForOthers, limitWaits, createLedger])
          // oxlint-disable-next-line no-await-in-loop -- one after the other
          await client.query(statement);
        const select = 'SELECT sha256 FROM schema_migrations WHERE number = $1';
        const others = (await client.query<{ sha256: string }>(select, [number])).rows[0]?.sha256;
        if (others === undefined) {
          await client.query(sql);
          await client.query(
            'INSERT INTO schema_migrations (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)',
            [number, name, sha256, new Date().toISOString()],
          );
        }
        await client.query('COMMIT');
        return others;
      } catch (error) {
        // Of a connection that is gone the server rolls back by itself; the first error says more.
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    },
  };
}
