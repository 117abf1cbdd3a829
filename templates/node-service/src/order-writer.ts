import type { DatabaseSync } from 'node:sqlite';

import type { Outcome } from './order-store.ts';
import { hasSameContent, type NewOrder } from './order.ts';

/** Stores orders as `storeOrder` does, but at once: what a commit of a job does is done when it returns. */
export function orderWriter(connection: DatabaseSync): (order: NewOrder) => Outcome {
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
