import { accessSync, constants } from 'node:fs';

import { toPg } from '@seaworthy/defaults';
import type { ClientConfig, Pool, PoolClient } from 'pg';

import { databaseUnreachable } from '../command-error.ts';
import { serviceName } from '../service.ts';
import type { ServiceSettings } from '../settings.ts';

export type DatabaseSettings = Pick<ServiceSettings, 'database' | 'service'>;

/**
 * Where and as whom to connect; the URL may state more.
 *
 * @throws {CommandError} `START_DATABASE_UNREACHABLE` for a certificate that cannot be read.
 */
export function connectionTo({ service }: DatabaseSettings): ClientConfig {
  const { searchParams } = service.databaseUrl.toURL();
  for (const name of ['sslrootcert', 'sslcert', 'sslkey']) {
    const file = searchParams.get(name) ?? '';
    if (file !== '' && !isReadable(file)) throw databaseUnreachable(String(service.databaseUrl));
  }
  return { connectionString: asLibpqReads(service.databaseUrl.reveal()), application_name: serviceName };
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** pg takes `sslmode=require` for `verify-full`; psql, pg_dump and every client of libpq ask for no certificate then. */
function asLibpqReads(url: string): string {
  return url.includes('?') ? `${url}&uselibpqcompat=true` : url;
}

/**
 * The connections of this process to PostgreSQL. `onLost` is told of one that broke while nobody used it; the next
 * request gets a new one.
 */
export async function openPool(settings: DatabaseSettings, onLost: (error: Error) => void): Promise<Pool> {
  // Only where it is used: a service with SQLite starts without it.
  const pg = await import('pg');
  return new pg.Pool({ ...connectionTo(settings), ...toPg(settings.database) }).on('error', onLost);
}

/**
 * Takes a first connection from a pool, and gives it back after use.
 *
 * @throws {CommandError} `START_DATABASE_UNREACHABLE`; the pool is closed then, as after everything that `use` throws.
 */
export async function withFirstConnection<T>(
  pool: Pool,
  { service }: DatabaseSettings,
  use: (client: PoolClient) => Promise<T>,
): Promise<T> {
  try {
    const client = await pool.connect().catch(() => {
      throw databaseUnreachable(String(service.databaseUrl));
    });
    // The statement that was waiting fails as well; an event 'error' that nobody listens to ends the process.
    const ignore = () => undefined;
    client.on('error', ignore);
    try {
      return await use(client);
    } finally {
      client.off('error', ignore);
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
}
