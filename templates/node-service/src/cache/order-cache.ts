import type { Order } from '../order.ts';

/** Keeps orders that were read lately. It never fails: a cache that cannot be used is a cache without entries. */
export interface OrderCache {
  /** Nothing where there is no entry; `unusable` where asking it for anything else would only take time. */
  get(orderNumber: string): Promise<Order | 'unusable' | undefined>;
  /** Adds an entry, in the place of an older one. */
  set(order: Order): Promise<void>;
  forget(orderNumber: string): Promise<void>;
  close(): void;
}
