import type { Order } from '../order.ts';

import type { OrderCache } from './order-cache.ts';

const defaultCapacity = 1_000;

/** Keeps orders in the memory of this process, each for a lifetime of its own; bounded, the oldest entry makes room. */
export class MemoryOrderCache implements OrderCache {
  readonly #entries = new Map<string, { order: Order; expiresAt: number }>();
  readonly #lifetimeMs: () => number;
  readonly #capacity: number;
  readonly #now: () => number;

  constructor(lifetimeMs: () => number, capacity = defaultCapacity, now: () => number = () => performance.now()) {
    this.#lifetimeMs = lifetimeMs;
    this.#capacity = capacity;
    this.#now = now;
  }

  get(orderNumber: string): Promise<Order | undefined> {
    const entry = this.#entries.get(orderNumber);
    if (entry === undefined || entry.expiresAt > this.#now()) return Promise.resolve(entry?.order);
    this.#entries.delete(orderNumber);
    return Promise.resolve(undefined);
  }

  set(order: Order): Promise<void> {
    this.#entries.delete(order.orderNumber);
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size >= this.#capacity) this.#entries.delete(oldest);
    this.#entries.set(order.orderNumber, { order, expiresAt: this.#now() + this.#lifetimeMs() });
    return Promise.resolve();
  }

  forget(orderNumber: string): Promise<void> {
    this.#entries.delete(orderNumber);
    return Promise.resolve();
  }

  close(): void {
    this.#entries.clear();
  }
}
