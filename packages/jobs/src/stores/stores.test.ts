import { describePostgres, openPool, type PostgresServer, startPostgres } from '@seaworthy/test-servers';
import type { Pool } from 'pg';
import { afterAll, beforeAll } from 'vitest';

import { describeModel } from '../testing/describe-model.ts';
import { describeStore } from '../testing/describe-store.ts';
import { openMemory, openPostgres, openSqlite } from '../testing/tested-store.ts';

describeStore('memory', openMemory);
describeModel('memory', openMemory, 200);
describeStore('SQLite', openSqlite);
describeModel('SQLite', openSqlite, 200);

describePostgres('on a real PostgreSQL', () => {
  let server: PostgresServer;
  let pool: Pool;
  beforeAll(async () => {
    server = await startPostgres();
    pool = openPool(server);
  }, 120_000);
  afterAll(async () => {
    await pool.end();
    await server.stop();
  });

  describeStore('PostgreSQL', () => openPostgres(pool));
  describeModel('PostgreSQL', () => openPostgres(pool), 40);
});
