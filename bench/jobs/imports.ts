import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

import { job, type JobRun, migrate, sqliteStore } from '@seaworthy/jobs';

export const rowsPerCommit = 500;

/** One way to import so many batches; the clock starts behind the preparation. */
export interface Import {
  readonly title: string;
  readonly run: (database: DatabaseSync, insert: StatementSync, commits: number) => Promise<() => Promise<void>>;
}

function insertBatch(insert: StatementSync, batch: number): void {
  for (let row = 0; row < rowsPerCommit; row += 1) insert.run(`order ${batch}-${row}`, row, 'EUR');
}

/** What one would write by hand, without a way to go on after a crash. */
export const plain: Import = {
  title: '`BEGIN IMMEDIATE`, the same inserts, `COMMIT`',
  run: (database, insert, commits) =>
    Promise.resolve(() => {
      for (let batch = 0; batch < commits; batch += 1) {
        database.exec('BEGIN IMMEDIATE');
        insertBatch(insert, batch);
        database.exec('COMMIT');
      }
      return Promise.resolve();
    }),
};

/** The same program a second time: what stands between the two is noise. */
export const plainAgain: Import = { ...plain, title: 'the same again (noise)' };

export const ours: Import = {
  title: '`@seaworthy/jobs`: a job with a commit for each batch',
  async run(database, insert, commits) {
    const store = sqliteStore({ database });
    await migrate(store);
    const importAll = async ({ cursor = 0, commit }: JobRun<DatabaseSync, number>) => {
      for (let batch = cursor; batch < commits; batch += 1) {
        const effect = () => {
          insertBatch(insert, batch);
          return batch + 1;
        };
        // oxlint-disable-next-line no-await-in-loop -- one batch after the other
        await commit(effect, { rows: rowsPerCommit });
      }
    };
    const options = { name: 'import', key: 'orders.csv', input: { commits }, store };
    return async () => void (await job(options, importAll));
  },
};

/** Microseconds for each commit, in a database file of its own. */
export async function timeImport(subject: Import, commits: number): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-jobs-'));
  const database = new DatabaseSync(path.join(folder, 'orders.db'));
  try {
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE orders (number TEXT, cents INTEGER, currency TEXT)');
    const insert = database.prepare('INSERT INTO orders VALUES (?, ?, ?)');
    const importAll = await subject.run(database, insert, commits);
    const begunAtMs = performance.now();
    await importAll();
    const tookMs = performance.now() - begunAtMs;
    const { count } = database.prepare('SELECT count(*) AS count FROM orders').get() as { count: number };
    if (count !== commits * rowsPerCommit) throw new Error(`${subject.title} imported ${count} rows`);
    return (tookMs * 1000) / commits;
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}
