import { describePostgres, type PostgresServer, startPostgres } from '@seaworthy/test-servers';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeProcesses } from '../../testing/describe-processes.ts';
import { openTarget } from '../../testing/import-target.ts';
import { startImport } from '../../testing/start-import.ts';

describePostgres('on a real PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(() => server.stop());

  describeProcesses('PostgreSQL', () => Promise.resolve(server.connection));

  it(
    'a worker that is stopped in the middle of an effect loses its transaction, and another takes over',
    { timeout: 120_000 },
    async () => {
      const database = server.connection;
      const settings = { database, key: 'middle.csv', lines: 100, linesPerCommit: 10, leaseMs: 500 };
      const slow = startImport({ ...settings, stopsInCommit: 3 });
      await slow.next('commit');
      await slow.next('commit');
      const end = await startImport({ ...settings, triesAgain: true, leaseMs: 60_000 }).next('end');
      expect(end).toMatchObject({ outcome: 'succeeded', attempt: 2, rows: 100 });
      slow.signal('SIGCONT');
      expect((await slow.ended).at(-1)).toMatchObject({ event: 'error', code: 'JOB_STORE_FAILED', retryable: true });
      const target = openTarget(database);
      const counted = await target.count('middle.csv');
      await target.close();
      expect(counted).toEqual(Array.from({ length: 100 }, (_, line) => ({ line, times: 1 })));
    },
  );
});
