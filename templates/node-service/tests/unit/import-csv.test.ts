import { existsSync, openSync, closeSync, constants, writeSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { openImportFile } from '../../src/import-file.ts';

import { header, importing, rows } from './importing.ts';

const unused = new AbortController().signal;

async function read(contents: string | Buffer) {
  const { file, write } = await importing();
  write(contents);
  const opened = await openImportFile(file, unused);
  const lines = await Array.fromAsync(opened.lines(1));
  await opened.close();
  return lines;
}

describe('the import', () => {
  it('keeps the good lines, and names the broken ones without repeating them', async () => {
    const { write, run, lines, stored } = await importing();
    write(`${header}A-1001,S,2\nA-1002,S,hunter2\nA-1001,S,3\nA-1003,S,10000\n`);
    expect(await run()).toBe(1);
    expect(lines).toEqual([
      {
        level: 'warn',
        message: 'import line refused',
        time: expect.any(Number) as number,
        line: 3,
        reason: 'quantity: expected a whole number from 1 to 10000',
      },
      expect.objectContaining({ line: 4, reason: 'already stored with other content' }),
      {
        level: 'warn',
        message: 'import finished',
        time: expect.any(Number) as number,
        imported: 2,
        alreadyThere: 0,
        refused: 2,
        durationMs: expect.any(Number) as number,
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
    expect(stored()).toEqual(['A-1001', 'A-1003']);
  });

  it('is well when no line was refused', async () => {
    const { write, run, lines } = await importing();
    write(`${header}A-1001,S,2\n`);
    expect(await run()).toBe(0);
    expect(lines).toMatchObject([{ level: 'info', message: 'import finished', imported: 1, refused: 0 }]);
  });

  it('commits a file that is longer than a batch whole', async () => {
    const { write, run, stored } = await importing();
    write(header + rows(1_203));
    expect(await run()).toBe(0);
    expect(stored()).toHaveLength(1_203);
  });

  it.each([
    ['nothing', ''],
    ['no header', 'A-1001,S,1\n'],
    ['another header', 'sku,orderNumber,quantity\n'],
    ['a line that never ends', 'orderNumber,sku,quantity\rA-1001,S,1\r'],
    ['a header with a mark inside', 'order\uFEFFNumber,sku,quantity\n'],
  ])('refuses a file with %s before there is a database', async (_what, text) => {
    const { folder, write, run } = await importing({ hasDatabase: false });
    write(text);
    await expect(run()).rejects.toMatchObject({ code: 'IMPORT_HEADER_WRONG', exitCode: 1 });
    expect(existsSync(path.join(folder, 'orders.db'))).toBe(false);
  });

  it.each(['missing.csv', '.'])('says that %s cannot be read', async (name) => {
    const { folder, run } = await importing();
    await expect(run(path.join(folder, name))).rejects.toMatchObject({ code: 'IMPORT_FILE_UNREADABLE', exitCode: 1 });
  });

  it.each(['with', 'without'])('refuses a pipe %s somebody who writes into it', async (writer) => {
    const { folder, run } = await importing();
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const descriptor = writer === 'with' ? openSync(pipe, constants.O_RDWR) : undefined;
    if (descriptor !== undefined) writeSync(descriptor, header);
    await expect(run(pipe)).rejects.toThrow('expected  a readable CSV file in UTF-8, not a pipe');
    if (descriptor !== undefined) closeSync(descriptor);
  });
});

describe('a line', () => {
  it.each([
    ['A-1001,S', 'expected three fields'],
    ['A-1001,S,2,', 'expected three fields'],
    ['  ', 'expected three fields'],
    ['"A-1001,S,2', 'expected comma-separated values'],
    ['"A-1001"x,S,2', 'expected comma-separated values'],
    ['A-1001\rB,S,2', 'expected comma-separated values'],
    ['A-1001,S"x,2', 'sku: expected 1 to 40 characters A-Z, 0-9 or -, not beginning with -'],
    [Buffer.from([0x41, 0x2c, 0xff, 0x2c, 0x32]), 'expected UTF-8'],
    ['A-1001,S,2.0', 'quantity: expected a whole number from 1 to 10000'],
    ['A-1001,S, 2', 'quantity: expected a whole number from 1 to 10000'],
    ['A-1001,S,000002', 'quantity: expected a whole number from 1 to 10000'],
    ['A-1001,S,٥', 'quantity: expected a whole number from 1 to 10000'],
    ['A-1001,S,0', 'quantity: expected a whole number from 1 to 10000'],
    ['\uFEFFA-1001,S,1', 'orderNumber: expected 3 to 40 characters A-Z, 0-9 or -, not beginning with -'],
    [
      'a,S,0',
      'orderNumber: expected 3 to 40 characters A-Z, 0-9 or -, not beginning with -; quantity: expected a whole number from 1 to 10000',
    ],
    ['A'.repeat(65_536), 'expected less than 65536 bytes'],
    ['A'.repeat(300_000), 'expected less than 65536 bytes'],
    ['A'.repeat(65_535), 'expected three fields'],
  ])('such as %.20j is refused for its reason', async (line, reason) => {
    const contents = Buffer.concat([Buffer.from(header), Buffer.from(line), Buffer.from('\nA-1002,S,1\n')]);
    expect(await read(contents)).toEqual([
      { number: 2, reason },
      { number: 3, order: { orderNumber: 'A-1002', sku: 'S', quantity: 1 } },
    ]);
  });

  it('may be written by a spreadsheet', async () => {
    const lines = await read('\uFEFForderNumber,sku,quantity\r\n"A-1001","S-1","2"\r\n\r\nA-1002,S,00003');
    expect(lines).toEqual([
      { number: 2, order: { orderNumber: 'A-1001', sku: 'S-1', quantity: 2 } },
      { number: 4, order: { orderNumber: 'A-1002', sku: 'S', quantity: 3 } },
    ]);
  });

  it('may lie across what is read at once', async () => {
    const lines = await read(header + rows(30_000));
    expect(lines).toHaveLength(30_000);
    expect(lines.filter((line) => 'reason' in line)).toEqual([]);
  });
});
