import { postgresStore } from '@seaworthy/jobs';
import type { PoolClient } from 'pg';

import { throwPostgresFailure } from '../driver-errors.ts';
import { refusePending } from '../migrations/apply-migrations.ts';
import { postgresMigrations } from '../migrations/postgres-migrations.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
import type { Outcome } from '../order-store.ts';
import { hasSameContent, type NewOrder } from '../order.ts';

import type { BackgroundDatabase } from './background-database.ts';
import { openPool, withFirstConnection, type DatabaseSettings } from './open-pool.ts';

// Sorted: two imports with the same orders wait for each other in one direction only.
const insert = `INSERT INTO orders (order_number, sku, quantity, created_at)
  SELECT order_number, sku, quantity, $4 FROM unnest($1::text[], $2::text[], $3::integer[]) AS given (order_number, sku, quantity)
  ORDER BY order_number ON CONFLICT (order_number) DO NOTHING RETURNING order_number`;
const select = 'SELECT order_number, sku, quantity FROM orders WHERE order_number = ANY ($1::text[])';
const count =
  'SELECT count(*) AS orders, coalesce(sum(quantity), 0) AS quantity FROM orders WHERE created_at >= $1 AND created_at < $2';
const summarise = `INSERT INTO order_summaries (day, orders, quantity) VALUES ($1, $2, $3)
  ON CONFLICT (day) DO UPDATE SET orders = excluded.orders, quantity = excluded.quantity`;

export async function openBackgroundPostgres(settings: DatabaseSettings): Promise<BackgroundDatabase<PoolClient>> {
  // What was lost is noticed by the statement that needed it.
  const pool = await openPool(settings, () => undefined);
  await withFirstConnection(pool, settings, (client) =>
    refusePending(postgresMigrations(client), readMigrations('postgres')),
  );
  return {
    ledger: postgresStore({ pool }),
    storeOrders,
    async countOrders(from, until) {
      // A bigint arrives as text.
      const { rows } = await pool
        .query<{ orders: string; quantity: string }>(count, [from, until])
        .catch(throwPostgresFailure);
      return { orders: Number(rows[0]?.orders), quantity: Number(rows[0]?.quantity) };
    },
    async storeSummary(client, day, { orders, quantity }) {
      await client.query(summarise, [day, orders, quantity]);
      return { day };
    },
    close: () => pool.end(),
  };
}

/** Two statements for the whole batch: one for each order would spend most of its time on the way to the database. */
async function storeOrders(client: PoolClient, orders: readonly NewOrder[]): Promise<readonly Outcome[]> {
  const given = new Map<string, NewOrder>();
  // Of two with one number the first counts.
  for (const order of orders) if (!given.has(order.orderNumber)) given.set(order.orderNumber, order);
  const first = [...given.values()];
  const inserted = await client.query<{ order_number: string }>(insert, [
    first.map(({ orderNumber }) => orderNumber),
    first.map(({ sku }) => sku),
    first.map(({ quantity }) => quantity),
    new Date().toISOString(),
  ]);
  const created = new Set(inserted.rows.map((row) => row.order_number));
  const others = first.filter(({ orderNumber }) => !created.has(orderNumber)).map(({ orderNumber }) => orderNumber);
  const found = others.length === 0 ? [] : (await client.query<StoredRow>(select, [others])).rows;
  const stored = new Map(found.map((row) => [row.order_number, row]));
  return orders.map((order) => {
    const { orderNumber } = order;
    const isFirst = given.get(orderNumber) === order;
    if (isFirst && created.has(orderNumber)) return 'created';
    const there = stored.get(orderNumber) ?? given.get(orderNumber) ?? order;
    return hasSameContent(there, order) ? 'already there' : 'conflict';
  });
}

type StoredRow = Pick<NewOrder, 'sku' | 'quantity'> & { readonly order_number: string };
