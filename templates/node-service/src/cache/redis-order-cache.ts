import type { Redis } from 'ioredis';

import { parseStoredOrder, type Order } from '../order.ts';
import { serviceName } from '../service.ts';

import type { OrderCache } from './order-cache.ts';

/** Under which an order is kept; a Redis may be shared with other services. */
export function entryKey(orderNumber: string): string {
  return `${serviceName}:orders:${orderNumber}`;
}

interface How {
  /** Drawn for each entry. */
  readonly lifetimeMs: () => number;
  /** Told of everything that fails. */
  readonly onFailed: (error: unknown) => void;
}

/** Keeps orders in a Redis that other processes use too. */
export class RedisOrderCache implements OrderCache {
  readonly #redis: Redis;
  readonly #how: How;

  constructor(redis: Redis, how: How) {
    this.#redis = redis;
    this.#how = how;
  }

  async get(orderNumber: string): Promise<Order | 'unusable' | undefined> {
    let written: string | null;
    try {
      written = await this.#redis.get(entryKey(orderNumber));
    } catch (error) {
      this.#how.onFailed(error);
      return 'unusable';
    }
    const order = written === null ? undefined : parseStoredOrder(written);
    // Whatever else stands there is no answer.
    return order?.orderNumber === orderNumber ? order : undefined;
  }

  set(order: Order): Promise<void> {
    const lifetimeMs = this.#how.lifetimeMs();
    return this.#attempt(() => this.#redis.set(entryKey(order.orderNumber), JSON.stringify(order), 'PX', lifetimeMs));
  }

  forget(orderNumber: string): Promise<void> {
    return this.#attempt(() => this.#redis.del(entryKey(orderNumber)));
  }

  close(): void {
    this.#redis.disconnect();
  }

  async #attempt(command: () => Promise<unknown>): Promise<void> {
    try {
      await command();
    } catch (error) {
      this.#how.onFailed(error);
    }
  }
}
