import type { Database, OrderRow } from './database.ts';
import { hasSameContent, type NewOrder, type Order } from './order.ts';

const columns = ['order_number', 'sku', 'quantity', 'created_at'] as const;

function toOrder(row: Pick<OrderRow, (typeof columns)[number]>): Order {
  return { orderNumber: row.order_number, sku: row.sku, quantity: row.quantity, createdAt: row.created_at };
}

export async function findOrder(database: Database, orderNumber: string): Promise<Order | undefined> {
  const row = await database
    .selectFrom('orders')
    .select(columns)
    .where('order_number', '=', orderNumber)
    .executeTakeFirst();
  return row === undefined ? undefined : toOrder(row);
}

export async function newestOrders(database: Database, limit: number): Promise<Order[]> {
  const rows = await database.selectFrom('orders').select(columns).orderBy('id', 'desc').limit(limit).execute();
  return rows.map(toOrder);
}

export type Outcome = 'created' | 'already there' | 'conflict';

/** Stores an order once for each order number; storing it again changes nothing. */
export async function storeOrder(database: Database, order: NewOrder): Promise<{ outcome: Outcome; order: Order }> {
  const values = {
    order_number: order.orderNumber,
    sku: order.sku,
    quantity: order.quantity,
    created_at: new Date().toISOString(),
  };
  const inserted = await database
    .insertInto('orders')
    .values(values)
    .onConflict((conflict) => conflict.column('order_number').doNothing())
    .returning(columns)
    .executeTakeFirst();
  if (inserted !== undefined) return { outcome: 'created', order: toOrder(inserted) };
  const stored = await findOrder(database, order.orderNumber);
  if (stored === undefined) throw new Error('an order number was taken and is gone');
  return { outcome: hasSameContent(stored, order) ? 'already there' : 'conflict', order: stored };
}
