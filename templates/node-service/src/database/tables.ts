import type { Generated, Kysely } from 'kysely';

export interface OrderRow {
  /** PostgreSQL answers with text: a number of JavaScript does not hold every bigint. */
  id: Generated<number | string>;
  order_number: string;
  sku: string;
  quantity: number;
  created_at: string;
}

export interface IdempotencyKeyRow {
  key: string;
  request_sha256: string;
  status: number;
  body: string;
  location: string | null;
  created_at_ms: number;
}

export type Database = Kysely<{ orders: OrderRow; idempotency_keys: IdempotencyKeyRow }>;
