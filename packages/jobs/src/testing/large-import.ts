// A program of its own: imports as many rows as it is told in batches of 1000 into a SQLite file, and prints how its memory grew.
import { DatabaseSync } from 'node:sqlite';

import { job, type JobRun, migrate, sqliteStore } from '../index.ts';

const [file = '', rowCount = '0'] = process.argv.slice(2);
const rowsPerCommit = 1000;
const database = new DatabaseSync(file);
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE orders (number TEXT, amount INTEGER)');
const store = sqliteStore({ database });
await migrate(store);
const insert = database.prepare('INSERT INTO orders VALUES (?, ?)');

const rssMb = (): number => process.memoryUsage.rss() / 1e6;
let [warmMb, mostMb] = [0, 0];

async function run({ cursor = 0, commit }: JobRun<DatabaseSync, number>): Promise<number> {
  let row = cursor;
  while (row < Number(rowCount)) {
    const from = row;
    const to = Math.min(from + rowsPerCommit, Number(rowCount));
    const effect = () => {
      for (let number = from; number < to; number += 1) insert.run(`order ${number}`, number);
      return to;
    };
    // oxlint-disable-next-line no-await-in-loop -- one batch after the other
    row = await commit(effect, { rows: to - from });
    // Compiled, and the caches of the database filled.
    if (row === 100_000) warmMb = rssMb();
    mostMb = Math.max(mostMb, rssMb());
  }
  return row;
}

const { rows } = await job({ name: 'import', key: 'large.csv', input: null, store }, run);
const counted = database.prepare('SELECT count(*) AS count, count(DISTINCT number) AS numbers FROM orders').get();
process.stdout.write(JSON.stringify({ rows, counted, grownMb: mostMb - warmMb }));
