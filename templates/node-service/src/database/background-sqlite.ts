import type { DatabaseSync } from 'node:sqlite';

import { sqliteStore } from '@seaworthy/jobs';

import { refusePending } from '../migrations/apply-migrations.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
import { sqliteMigrations } from '../migrations/sqlite-migrations.ts';
import type { Outcome } from '../order-store.ts';
import { hasSameContent, type NewOrder } from '../order.ts';

import type { BackgroundDatabase, OrderCount } from './background-database.ts';
import { openDatabaseFile } from './open-database-file.ts';
import type { DatabaseSettings } from './open-pool.ts';

const count =
  'SELECT count(*) AS orders, coalesce(sum(quantity), 0) AS quantity FROM orders WHERE created_at >= ? AND created_at < ?';
const summarise = `INSERT INTO order_summaries (day, orders, quantity) VALUES (?, ?, ?)
  ON CONFLICT (day) DO UPDATE SET orders = excluded.orders, quantity = excluded.quantity`;

export async function openBackgroundSqlite({ service }: DatabaseSettings): Promise<BackgroundDatabase<DatabaseSync>> {
  const connection = openDatabaseFile(service.databaseUrl);
  try {
    await refusePending(sqliteMigrations(connection), readMigrations('sqlite'));
  } catch (error) {
    connection.close();
    throw error;
  }
  let storeOrder: ReturnType<typeof orderWriter> | undefined;
  return {
    // Nothing else runs in this process: waiting for other writers is left to the connection.
    ledger: sqliteStore({ database: connection, busyTimeoutMs: 0 }),
    storeOrders(_connection, orders) {
      storeOrder ??= orderWriter(connection);
      return orders.map(storeOrder);
    },
    // oxlint-disable-next-line typescript/require-await -- so that what is thrown rejects
    countOrders: async (from, until) => connection.prepare(count).get(from, until) as unknown as OrderCount,
    storeSummary(_connection, day, { orders, quantity }) {
      connection.prepare(summarise).run(day, orders, quantity);
      return { day };
    },
    close() {
      connection.close();
      return Promise.resolve();
    },
  };
}

/** Its statements are prepared once: an import runs them for each of many rows. */
function orderWriter(connection: DatabaseSync): (order: NewOrder) => Outcome {
  const insert = connection.prepare(
    'INSERT INTO orders (order_number, sku, quantity, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (order_number) DO NOTHING',
  );
  const select = connection.prepare('SELECT sku, quantity FROM orders WHERE order_number = ?');
  return (order) => {
    const { orderNumber, sku, quantity } = order;
    if (insert.run(orderNumber, sku, quantity, new Date().toISOString()).changes > 0) return 'created';
    const stored = select.get(orderNumber) as unknown as Pick<NewOrder, 'sku' | 'quantity'>;
    return hasSameContent(stored, order) ? 'already there' : 'conflict';
  };
}
