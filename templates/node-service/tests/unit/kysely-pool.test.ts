import type { Pool } from 'pg';
import { expect, it } from 'vitest';

import { kyselyPool } from '../../src/database/kysely-pool.ts';

it('a connection that hung is asked nothing more, not even to roll back, and is not used again', async () => {
  const asked: string[] = [];
  const released: unknown[] = [];
  const client = {
    on: () => undefined,
    off: () => undefined,
    query(sql: string) {
      asked.push(sql);
      return sql === 'BEGIN' ? Promise.resolve({ rows: [] }) : Promise.reject(new Error('Query read timeout'));
    },
    release: (destroy: boolean) => void released.push(destroy),
  };
  const pool = kyselyPool({ options: {}, connect: () => Promise.resolve(client) } as unknown as Pool);
  const connection = await pool.connect();
  await connection.query('BEGIN', []);
  for (const statement of ['INSERT', 'ROLLBACK'])
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expect(connection.query(statement, [])).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
  connection.release();
  expect(asked).toEqual(['BEGIN', 'INSERT']);
  expect(released).toEqual([true]);
});
