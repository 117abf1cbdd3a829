import { Pool } from 'pg';

import type { PostgresServer } from './postgres-server.ts';

export function openPool({ connection }: Pick<PostgresServer, 'connection'>): Pool {
  // A connection that is still closing when the server stops hears about it, and nobody is there to listen.
  return new Pool(connection).on('error', () => undefined);
}
