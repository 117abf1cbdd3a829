import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { describe, expect, it } from 'vitest';

import { job, type JobRun } from '../../index.ts';
import { openTarget } from '../../testing/import-target.ts';
import { insert, prepared } from '../../testing/sqlite-file.ts';
import { startImport } from '../../testing/start-import.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

describe('where no more fits', () => {
  it('in the database: the commit is rolled back, and the next run goes on when there is room', async () => {
    const { database, options, lines } = await prepared();
    const text = 'x'.repeat(2000);
    database.exec('CREATE TABLE texts (line INTEGER, text TEXT)');
    const run = async ({ cursor = 0, commit }: JobRun<DatabaseSync, number>) => {
      for (let line = cursor; line < 60; line += 1) {
        // oxlint-disable-next-line no-await-in-loop -- one commit after the other
        await commit((db) => {
          insert(db, line);
          db.prepare('INSERT INTO texts VALUES (?, ?)').run(line, text);
          return line + 1;
        });
      }
    };
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
    database.exec(`PRAGMA max_page_count = ${pages + 20}`);
    const failure = await job(options, run).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'JOB_STORE_FAILED', retryable: true, problems: [{ got: 'SQLITE_FULL' }] });
    const before = lines().length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(60);
    database.exec('PRAGMA max_page_count = 100000');
    expect((await job(options, run)).attempt).toBe(2);
    expect(lines()).toEqual(Array.from({ length: 60 }, (_, line) => line));
  });

  it(
    'on the disk of a real process: what was committed stays, and the next run finishes',
    { timeout: 60_000 },
    async () => {
      const file = path.join(temporaryFolder(), 'orders.db');
      const settings = { database: { file }, key: 'full.csv', lines: 20_000, linesPerCommit: 100, leaseMs: 60_000 };
      // The largest file in blocks of 512 bytes; some shells count in 1024. The write that reaches the limit fails.
      const full = await startImport(settings, "trap '' XFSZ; ulimit -f 400;").ended;
      expect(full.at(-1)).toMatchObject({ event: 'error', code: 'JOB_STORE_FAILED', retryable: true });
      const committed = full.findLast((event) => event.event === 'commit')?.line ?? 0;
      expect(committed).toBeGreaterThan(0);
      const target = openTarget(settings.database);
      expect((await target.count('full.csv')).length).toBe(committed);
      // Its failure may not have fitted either: then its lease runs out.
      new DatabaseSync(file).exec('UPDATE seaworthy_jobs SET lease_until = 0');
      expect(await startImport(settings).next('end')).toMatchObject({ attempt: 2, rows: 20_000 });
      expect(await target.count('full.csv')).toEqual(Array.from({ length: 20_000 }, (_, line) => ({ line, times: 1 })));
      await target.close();
    },
  );
});
