import { scheduleKey } from '@seaworthy/jobs';

import type { ScheduledJob } from './scheduled-job.ts';

const name = 'daily-order-summary';
// Not at midnight: a start counts from a minute before it, and the day must be over by then.
const startsAt = '00:15';
const dayMs = 86_400_000;

const countOrders =
  'SELECT count(*) AS orders, coalesce(sum(quantity), 0) AS quantity FROM orders WHERE created_at >= ? AND created_at < ?';
const storeSummary = `INSERT INTO order_summaries (day, orders, quantity) VALUES (?, ?, ?)
  ON CONFLICT (day) DO UPDATE SET orders = excluded.orders, quantity = excluded.quantity`;

interface Counted {
  readonly orders: number;
  readonly quantity: number;
}

/** Counts the orders of the day before, once for each day; the key names the day on which that is done. */
export const dailyOrderSummary: ScheduledJob = {
  name,
  dueAt(connection, at) {
    const key = scheduleKey({ name, every: 'day', startsAt }, at);
    const until = key.slice(name.length + 1);
    const day = new Date(Date.parse(until) - dayMs).toISOString().slice(0, 10);
    return {
      key,
      input: { day },
      async run({ commit }) {
        // Counted outside the transaction, which would keep others from writing.
        const { orders, quantity } = connection.prepare(countOrders).get(day, until) as unknown as Counted;
        const store = () => {
          connection.prepare(storeSummary).run(day, orders, quantity);
          return { day };
        };
        await commit(store, { rows: 1 });
        return { day, orders, quantity };
      },
    };
  },
};
