import { startPostgres, startRedis } from '@seaworthy/test-servers';
import pg from 'pg';
import { afterAll } from 'vitest';

/** How many parts a Redis has: one for each database. */
const partCount = 1024;

async function startBoth() {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis({ databases: String(partCount) })]);
  return { postgres, redis };
}

let both: ReturnType<typeof startBoth> | undefined;
let databaseCount = 0;

// Where this file is imported: at the end of its tests.
afterAll(async () => {
  const servers = await both;
  if (servers !== undefined) await Promise.all([servers.postgres.stop(), servers.redis.stop()]);
});

/** The PostgreSQL and the Redis of this file of tests: started when they are first needed, and once. */
export async function ownServers() {
  both ??= startBoth();
  const { postgres, redis } = await both;
  const { host, port, user } = postgres.connection;

  async function connected(database = 'postgres'): Promise<pg.Client> {
    const client = new pg.Client({ ...postgres.connection, database });
    await client.connect();
    return client;
  }

  async function query(sql: string, database?: string): Promise<Record<string, unknown>[]> {
    const client = await connected(database);
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** An empty database, and the settings that name it and a part of the Redis. */
  async function newDatabase() {
    databaseCount += 1;
    const database = `contract_${databaseCount}`;
    await query(`CREATE DATABASE ${database}`);
    const DATABASE_URL = `postgresql://${user}@${host}:${port}/${database}`;
    const CACHE_URL = `redis://127.0.0.1:${redis.connection.port}/${databaseCount}`;
    return { database, env: { DATABASE_URL, CACHE_URL } };
  }

  return { connected, query, newDatabase };
}
