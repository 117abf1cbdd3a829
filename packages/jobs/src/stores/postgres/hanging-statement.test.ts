import { expect, it } from 'vitest';

import { job, type JobRun, type PostgresClient, postgresStore } from '../../index.ts';

/** As `pg` does with a statement that was given up after query_timeout. */
const givenUp = () => Promise.reject(new Error('Query read timeout'));

/** A connection that hangs at a statement, and what it was asked before and after. */
function hangingAt(statement: RegExp) {
  const asked: string[] = [];
  const released: unknown[] = [];
  const row = { now: 1, row_count: 0, transaction: '1' };
  const client: PostgresClient = {
    query(text) {
      asked.push(text);
      return statement.test(text) ? givenUp() : Promise.resolve({ rows: [row], rowCount: 1 });
    },
    release: (destroy) => void released.push(destroy),
    on: () => undefined,
    off: () => undefined,
  };
  return { asked, released, store: postgresStore({ pool: { connect: () => Promise.resolve(client) } }) };
}

it.each([
  ['of the ledger', /^INSERT/],
  ['of an effect', /^SELECT pg_sleep/],
])('a statement %s that hangs is not followed by a ROLLBACK, which would hang as long again', async (_whose, at) => {
  const { asked, released, store } = hangingAt(at);
  const run = ({ commit }: JobRun<PostgresClient, number>) =>
    commit(async (client) => {
      await client.query('SELECT pg_sleep(3600)');
      return 1;
    });
  await expect(job({ name: 'import', key: 'a', input: null, store }, run)).rejects.toMatchObject({
    code: 'JOB_STORE_FAILED',
    retryable: true,
  });
  expect(asked.findIndex((text) => at.test(text))).toBeGreaterThan(0);
  expect(asked).not.toContain('ROLLBACK');
  expect(released).toContain(true);
});

it('an effect that fails by itself is rolled back, and its connection is used again', async () => {
  const { asked, released, store } = hangingAt(/^nothing/);
  const run = ({ commit }: JobRun<PostgresClient, number>) => commit(() => Promise.reject(new Error('no more today')));
  await expect(job({ name: 'import', key: 'a', input: null, store }, run)).rejects.toThrow('no more today');
  expect(asked).toContain('ROLLBACK');
  expect(released).not.toContain(true);
});
