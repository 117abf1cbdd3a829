import type { RedactedUrl } from '@seaworthy/defaults';
import { Kysely, sql, type Generated } from 'kysely';

import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import { openDatabaseFile } from './open-database-file.ts';

export interface OrderRow {
  id: Generated<number>;
  order_number: string;
  sku: string;
  quantity: number;
  created_at: string;
}

export type Database = Kysely<{ orders: OrderRow }>;

/** Opens the database that answers requests; `onStatement` is called once for each statement. */
export async function openDatabase(location: RedactedUrl, onStatement: () => void): Promise<Database> {
  const dialect = nodeSqliteDialect(await openDatabaseFile(location));
  const database: Database = new Kysely({ dialect, log: onStatement });
  // Kysely closes only what it has used.
  await sql`SELECT 1`.execute(database);
  return database;
}
