import { expect, it } from 'vitest';

import { createRetryBudget } from './retry-budget.ts';

/** How many of so many calls are retried once, when every one of them fails. */
function retriesIn(calls: number, ratio: number, reserve = 2): number {
  const budget = createRetryBudget(ratio, reserve);
  let retries = 0;
  for (let call = 0; call < calls; call += 1) {
    budget.call();
    if (budget.retry()) retries += 1;
  }
  return retries;
}

it('a client that calls rarely may retry', () => {
  expect(retriesIn(1, 0.1)).toBe(1);
  expect(retriesIn(2, 0.1)).toBe(2);
});

it('in an outage retries stay at the ratio of the calls', () => {
  expect(retriesIn(1_000, 0.1)).toBe(102);
  expect(retriesIn(1_000, 0.000_001)).toBe(2);
  expect(retriesIn(1_000, 1)).toBe(1_000);
});

it('a ratio of 0 allows none at all', () => {
  expect(retriesIn(1_000, 0)).toBe(0);
});

it('a million calls that went well do not save up for a storm', () => {
  const budget = createRetryBudget(0.1, 2);
  for (let call = 0; call < 1_000_000; call += 1) budget.call();
  let retries = 0;
  while (budget.retry()) retries += 1;
  expect(retries).toBe(10);
});
