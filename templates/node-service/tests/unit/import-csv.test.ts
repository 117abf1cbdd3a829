import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { RedactedUrl } from '@seaworthy/defaults';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openDatabase, type Database } from '../../src/database.ts';
import { importOrders } from '../../src/import-csv.ts';

let folder: string;
let database: Database;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'import-'));
  database = await openDatabase(new RedactedUrl('sqlite::memory:'), () => undefined);
});
afterEach(async () => {
  await database.destroy();
  rmSync(folder, { recursive: true });
});

async function importText(text: string) {
  const file = path.join(folder, 'orders.csv');
  writeFileSync(file, text);
  const refused: [number, string][] = [];
  const counts = await importOrders(database, file, (line, reason) => refused.push([line, reason]));
  return { ...counts, lines: refused };
}

const header = 'orderNumber,sku,quantity\n';

describe('the import', () => {
  it('keeps the good lines, names the broken ones, and changes nothing the second time', async () => {
    const text = `${header}A-1001,S,1\nA-1002,S,many\nA-1003,S\nA-1004,S,4\n`;
    const lines = [
      [3, 'quantity: expected a whole number from 1 to 10000'],
      [4, 'expected three fields'],
    ];
    expect(await importText(text)).toEqual({ imported: 2, alreadyThere: 0, refused: 2, lines });
    expect(await importText(text)).toEqual({ imported: 0, alreadyThere: 2, refused: 2, lines });
  });

  it('refuses an order number that is stored with other content', async () => {
    await importText(`${header}A-1001,S,1\n`);
    const result = await importText(`${header}A-1001,S,2\n`);
    expect(result.lines).toEqual([[2, 'already stored with other content']]);
  });

  it('reads a byte order mark, CRLF and quotes', async () => {
    const result = await importText('\uFEFForderNumber,sku,quantity\r\n"A-1001","S-1",1\r\n');
    expect(result).toMatchObject({ imported: 1, refused: 0 });
  });

  it('commits a large file in batches', async () => {
    const rows = Array.from({ length: 1_203 }, (_, index) => `A-${index + 1_000},S,1`).join('\n');
    expect(await importText(header + rows)).toMatchObject({ imported: 1_203, refused: 0 });
  });

  it('refuses a line whose quote is never closed, and keeps the lines around it', async () => {
    const result = await importText(`${header}A-1001,S,1\n"A-1002,S,2\nA-1003,S"x,3\nA-1004,S,4\n`);
    expect(result).toMatchObject({ imported: 2, refused: 2 });
    expect(result.lines.map(([line]) => line)).toEqual([3, 4]);
  });

  it.each(['', 'sku,quantity\n', 'A-1001,S,1\n', 'orderNumber,sku,quantity\rA-1001,S,1\r'])(
    'refuses a file without the header: %j',
    async (text) => {
      await expect(importText(text)).rejects.toThrow('IMPORT_HEADER_WRONG');
    },
  );

  it.each(['missing.csv', '.'])('says that %s cannot be read', async (name) => {
    const promise = importOrders(database, path.join(folder, name), () => undefined);
    await expect(promise).rejects.toThrow('IMPORT_FILE_UNREADABLE');
  });
});
