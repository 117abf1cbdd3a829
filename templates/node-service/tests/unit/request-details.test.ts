import { expect, it } from 'vitest';

import { statementName } from '../../src/request-details.ts';

it.each([
  ['begin', 'begin'],
  ['BEGIN IMMEDIATE', 'begin'],
  ['SELECT 1', 'select'],
  ['select "sku" from "orders" where "order_number" = ? for update', 'select orders'],
  ['insert into "orders" ("sku") values (?) on conflict do update set "sku" = ?', 'insert orders'],
  ['UPDATE orders SET sku = $1', 'update orders'],
  ['delete from "idempotency_keys" where "key" in (select "key" from "idempotency_keys")', 'delete idempotency_keys'],
  ['', ''],
])('%j is called %j', (sql, name) => {
  expect(statementName(sql)).toBe(name);
});
