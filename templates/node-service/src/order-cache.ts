import type { Order } from './order.ts';

const defaultCapacity = 1_000;

/** Keeps orders that were read lately; bounded, the oldest entry makes room. */
export class OrderCache {
  readonly #entries = new Map<string, { order: Order; expiresAt: number }>();
  readonly #ttlMs: number;
  readonly #capacity: number;
  readonly #now: () => number;

  constructor(ttlMs: number, capacity = defaultCapacity, now: () => number = () => performance.now()) {
    this.#ttlMs = ttlMs;
    this.#capacity = capacity;
    this.#now = now;
  }

  get(orderNumber: string): Order | undefined {
    const entry = this.#entries.get(orderNumber);
    if (entry === undefined) return undefined;
    if (entry.expiresAt > this.#now()) return entry.order;
    this.#entries.delete(orderNumber);
    return undefined;
  }

  set(order: Order): void {
    this.#entries.delete(order.orderNumber);
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size >= this.#capacity) this.#entries.delete(oldest);
    this.#entries.set(order.orderNumber, { order, expiresAt: this.#now() + this.#ttlMs });
  }
}
