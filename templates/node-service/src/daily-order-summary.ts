import { scheduleKey } from '@seaworthy/jobs';

import type { ScheduledJob } from './scheduled-job.ts';

const name = 'daily-order-summary';
// Not at midnight: a start counts from a minute before it, and the day must be over by then.
const startsAt = '00:15';
const dayMs = 86_400_000;

/** Counts the orders of the day before, once for each day; the key names the day on which that is done. */
export const dailyOrderSummary: ScheduledJob = {
  name,
  dueAt(database, at) {
    const key = scheduleKey({ name, every: 'day', startsAt }, at);
    const until = key.slice(name.length + 1);
    const day = new Date(Date.parse(until) - dayMs).toISOString().slice(0, 10);
    return {
      key,
      input: { day },
      async run({ commit }) {
        // Counted outside the transaction, which would keep others from writing.
        const count = await database.countOrders(day, until);
        await commit((connection) => database.storeSummary(connection, day, count), { rows: 1 });
        return { day, ...count };
      },
    };
  },
};
