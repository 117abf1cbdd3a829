import type { Database, OrderRow } from './database/tables.ts';
import { toCursor, type OrderPage, type PageQuery } from './order-page.ts';
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

/** The newest orders below a place in the list, which new orders do not move; one more row tells whether there are more. */
export async function pageOfOrders(database: Database, { limit, after }: PageQuery): Promise<OrderPage> {
  const rows = await database
    .selectFrom('orders')
    .select(['id', ...columns])
    .$if(after !== undefined, (query) => query.where('id', '<', Number(after)))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { orders: rows.slice(0, limit).map(toOrder), next: last === undefined ? null : toCursor(last.id) };
}

export type Outcome = 'created' | 'already there' | 'conflict';

export interface StoredOrder {
  readonly outcome: Outcome;
  readonly order: Order;
}

/** Stores an order once for each order number; storing it again changes nothing. */
export async function storeOrder(database: Database, order: NewOrder): Promise<StoredOrder> {
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
