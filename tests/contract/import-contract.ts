import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { logLines, migrate, readFacts, runCommand, temporaryFolder } from './running-service.ts';

const header = 'orderNumber,sku,quantity';

export function importContract(directory: string): void {
  const { owner } = readFacts(directory);
  let folder: string;
  const database = () => ({ DATABASE_URL: `sqlite:${folder}/orders.db`, DEPLOY_ENVIRONMENT: 'test' });
  beforeEach(() => {
    folder = temporaryFolder();
    migrate(directory, database());
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function importFile(contents: string | Buffer | undefined, env: NodeJS.ProcessEnv = {}) {
    const file = path.join(folder, 'orders.csv');
    if (contents !== undefined) writeFileSync(file, contents);
    const { stdout, stderr, status } = runCommand(directory, `make --silent import FILE=${file}`, {
      ...database(),
      ...env,
    });
    return { lines: logLines(stdout), stderr, status };
  }

  it('keeps the good lines, names the broken ones, and stores nothing twice', () => {
    const rows = [header, 'A-1001,S,1', 'A-1002,S,many', '"A-1003","S",3', 'A-1004,S', 'a-1005,S,1'];
    const first = importFile(`${rows.join('\n')}\n`);
    expect(first.lines).toMatchObject([
      {
        level: 'warn',
        message: 'import line refused',
        line: 3,
        reason: 'quantity: expected a whole number from 1 to 10000',
      },
      { level: 'warn', message: 'import line refused', line: 5, reason: 'expected three fields' },
      {
        level: 'warn',
        line: 6,
        reason: 'orderNumber: expected 3 to 40 characters A-Z, 0-9 or -, not beginning with -',
      },
      { level: 'warn', message: 'import finished', imported: 2, alreadyThere: 0, refused: 3 },
    ]);
    expect(first.status).not.toBe(0);
    expect(JSON.stringify(first.lines)).not.toContain('a-1005');
    const second = importFile(`${rows.slice(0, 2).join('\n')}\n`);
    expect(second).toMatchObject({ status: 0, lines: [{ level: 'info', imported: 0, alreadyThere: 1, refused: 0 }] });
  });

  it('refuses an order number that is stored with other content', () => {
    importFile(`${header}\nA-1001,S,1\n`);
    const { lines, status } = importFile(`${header}\r\nA-1001,S,2\r\n`);
    expect(lines[0]).toMatchObject({ line: 2, reason: 'already stored with other content' });
    expect(status).not.toBe(0);
  });

  it('gives each kind of broken line its reason', () => {
    const number = 'orderNumber: expected 3 to 40 characters A-Z, 0-9 or -, not beginning with -';
    const quantity = 'quantity: expected a whole number from 1 to 10000';
    const broken: readonly (readonly [string, string])[] = [
      ['A-1001,S', 'expected three fields'],
      ['A-1001,S,1,', 'expected three fields'],
      ['  ', 'expected three fields'],
      ['"A-1001,S,1', 'expected comma-separated values'],
      ['A-1001\rB,S,1', 'expected comma-separated values'],
      ['A-1001,S"x,1', 'sku: expected 1 to 40 characters A-Z, 0-9 or -, not beginning with -'],
      ['A-1001,\xFF,1', 'expected UTF-8'],
      ['A-1001,S, 1', quantity],
      ['A-1001,S,000001', quantity],
      ['a,S,0', `${number}; ${quantity}`],
      ['A'.repeat(65_536), 'expected less than 65536 bytes'],
    ];
    const file = [header, ...broken.map(([line]) => line), '', '\r', 'A-1001,S,1'].join('\n');
    const { lines, status } = importFile(Buffer.from(file, 'latin1'), { LOG_LEVEL: 'error' });
    expect(lines).toMatchObject([
      ...broken.map(([, reason], index) => ({ line: index + 2, reason })),
      { message: 'import finished', imported: 1, alreadyThere: 0, refused: broken.length },
    ]);
    expect(status).not.toBe(0);
  });

  it.each([
    ['a file that is missing', undefined, 'IMPORT_FILE_UNREADABLE'],
    ['an empty file', '', 'IMPORT_HEADER_WRONG'],
    ['another header', 'sku,quantity\n', 'IMPORT_HEADER_WRONG'],
  ])('refuses %s', (_what, contents, code) => {
    const { lines, stderr, status } = importFile(contents);
    expect(stderr).toMatch(/^ImportError: .*\. Nothing was imported\.\n/);
    expect(stderr).toMatch(new RegExp(`\n   code +${code}\n[^]*\n   fix [^]*\n   retry [^]*\n   owner +${owner}\n`));
    expect(lines).toEqual([]);
    expect(status).not.toBe(0);
  });

  it('asks which environment is meant', () => {
    const { stderr, status } = importFile(`${header}\n`, { DEPLOY_ENVIRONMENT: undefined });
    expect(stderr).toContain('DEPLOY_ENVIRONMENT');
    expect(status).not.toBe(0);
  });
}
