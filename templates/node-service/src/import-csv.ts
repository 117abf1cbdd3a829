import { setImmediate as turn } from 'node:timers/promises';

import type { JobRun } from '@seaworthy/jobs';

import type { BackgroundDatabase, MaybeLater } from './database/background-database.ts';
import type { ImportFile, ImportLine } from './import-file.ts';
import type { Outcome } from './order-store.ts';

const rowsPerCommit = 500;
const keptRefusals = 100;

export interface RefusedLine {
  readonly line: number;
  readonly reason: string;
}

/** How far an import is, as the ledger keeps it; the last one is its result. */
export interface Progress {
  /** The last line that was looked at. */
  readonly line: number;
  readonly imported: number;
  readonly alreadyThere: number;
  readonly refused: number;
  /** The first hundred of them. */
  readonly refusedLines: readonly RefusedLine[];
}

export interface Import<Connection> {
  readonly file: Pick<ImportFile, 'lines'>;
  readonly database: Pick<BackgroundDatabase<Connection>, 'storeOrders'>;
  readonly onRefused: (refused: RefusedLine) => void;
}

const nothingYet: Progress = { line: 1, imported: 0, alreadyThere: 0, refused: 0, refusedLines: [] };

/** Stores the orders of a file in batches, each in one transaction with the progress that it makes. */
export async function importLines<Connection>(
  { cursor, commit, signal }: JobRun<Connection, Progress>,
  { file, database, onRefused }: Import<Connection>,
): Promise<Progress> {
  let progress = cursor ?? nothingYet;
  for await (const batch of batchesOf(file.lines(progress.line))) {
    signal.throwIfAborted();
    const before = progress;
    let refused: readonly RefusedLine[] = [];
    const add = (outcomes: readonly Outcome[]) => {
      const stored = countBatch(batch, outcomes);
      ({ refused } = stored);
      return added(before, stored);
    };
    const orders = batch.flatMap((line) => ('order' in line ? [line.order] : []));
    const store = (connection: Connection) => andThen(database.storeOrders(connection, orders), add);
    progress = await commit(store, { rows: batch.length });
    refused.forEach(onRefused);
    // The event loop sees a signal to stop between two turns only.
    await turn();
  }
  return progress;
}

async function* batchesOf(lines: AsyncIterable<ImportLine>): AsyncGenerator<readonly ImportLine[]> {
  let batch: ImportLine[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length === rowsPerCommit) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

type Stored = Omit<Progress, 'refused' | 'refusedLines'> & { readonly refused: readonly RefusedLine[] };

/** A transaction of SQLite is over when its effect returns, so nothing of it may come later. */
function andThen<T, U>(value: MaybeLater<T>, convert: (value: T) => U): MaybeLater<U> {
  return value instanceof Promise ? value.then(convert) : convert(value);
}

/** @param outcomes - of those lines that are orders, in their order */
function countBatch(batch: readonly ImportLine[], outcomes: readonly Outcome[]): Stored {
  const refused: RefusedLine[] = [];
  const next = outcomes.values();
  let [line, imported, alreadyThere] = [0, 0, 0];
  for (const each of batch) {
    line = each.number;
    const outcome = 'reason' in each ? each.reason : next.next().value;
    if (outcome === undefined) throw new Error('an order was stored without an outcome');
    if (outcome === 'created') imported += 1;
    else if (outcome === 'already there') alreadyThere += 1;
    else refused.push({ line, reason: outcome === 'conflict' ? 'already stored with other content' : outcome });
  }
  return { line, imported, alreadyThere, refused };
}

function added(before: Progress, { line, imported, alreadyThere, refused }: Stored): Progress {
  return {
    line,
    imported: before.imported + imported,
    alreadyThere: before.alreadyThere + alreadyThere,
    refused: before.refused + refused.length,
    refusedLines: [...before.refusedLines, ...refused].slice(0, keptRefusals),
  };
}
