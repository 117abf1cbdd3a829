import { parse } from 'csv-parse/sync';

import { importFileUnreadable, importHeaderWrong } from './command-error.ts';
import type { Database } from './database.ts';
import { fileLines, type FileLine } from './file-lines.ts';
import { storeOrder } from './order-store.ts';
import { parseOrder, type NewOrder } from './order.ts';

export interface ImportCounts {
  imported: number;
  alreadyThere: number;
  refused: number;
}

const header = 'orderNumber,sku,quantity';
const rowsPerTransaction = 500;

/** The lines that are not empty; no field may hold a line break, so a line is a whole row and a broken one ends there. */
async function* readLines(file: string): AsyncGenerator<FileLine> {
  try {
    for await (const line of fileLines(file)) if (line.bytes?.toString('latin1').trim() !== '') yield line;
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? importFileUnreadable(file) : error;
  }
}

function fieldsOf({ bytes }: FileLine): readonly string[] | undefined {
  try {
    const [fields = [], ...more] = parse(Buffer.from(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), {
      bom: true,
      relax_column_count: true,
    });
    return bytes === undefined || more.length > 0 ? undefined : fields;
  } catch {
    return undefined;
  }
}

function parseLine(line: FileLine): { order: NewOrder } | { reason: string } {
  const fields = fieldsOf(line);
  if (fields === undefined) return { reason: 'expected UTF-8 text of at most 4096 bytes, with every quote closed' };
  const [orderNumber, sku, quantity = ''] = fields;
  if (fields.length !== 3) return { reason: 'expected three fields' };
  const parsed = parseOrder({
    orderNumber,
    sku,
    quantity: /^[0-9]{1,5}$/.test(quantity) ? Number(quantity) : undefined,
  });
  if ('order' in parsed) return parsed;
  return { reason: parsed.errors.map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`).join('; ') };
}

/** Imports a file of orders; a line that is refused is named and the others are kept, so running it again is safe. */
export async function importOrders(
  database: Database,
  file: string,
  onRefused: (line: number, reason: string) => void,
): Promise<ImportCounts> {
  const counts: ImportCounts = { imported: 0, alreadyThere: 0, refused: 0 };
  const refuse = (line: number, reason: string) => {
    counts.refused += 1;
    onRefused(line, reason);
  };
  async function store(batch: readonly { number: number; order: NewOrder }[]): Promise<void> {
    const outcomes = await database.transaction().execute(async (transaction) => {
      const stored = [];
      for (const { number, order } of batch) stored.push({ number, ...(await storeOrder(transaction, order)) });
      return stored;
    });
    for (const { number, outcome } of outcomes) {
      if (outcome === 'created') counts.imported += 1;
      else if (outcome === 'already there') counts.alreadyThere += 1;
      else refuse(number, 'already stored with other content');
    }
  }

  const lines = readLines(file);
  const first = await lines.next();
  if (first.done === true || fieldsOf(first.value)?.join(',') !== header) throw importHeaderWrong();
  let batch: { number: number; order: NewOrder }[] = [];
  for await (const line of lines) {
    const parsed = parseLine(line);
    if ('reason' in parsed) refuse(line.number, parsed.reason);
    else batch.push({ number: line.number, order: parsed.order });
    if (batch.length === rowsPerTransaction) {
      await store(batch);
      batch = [];
    }
  }
  await store(batch);
  return counts;
}
