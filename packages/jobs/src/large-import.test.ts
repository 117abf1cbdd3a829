import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

import { temporaryFolder } from './testing/temporary-folder.ts';

const program = path.join(import.meta.dirname, 'testing/large-import.ts');

it('a million rows are imported in bounded memory', { timeout: 300_000 }, async () => {
  const file = path.join(temporaryFolder(), 'orders.db');
  const { stdout } = await promisify(execFile)(process.execPath, [program, file, '1000000']);
  const { rows, counted, grownMb } = JSON.parse(stdout) as { rows: number; counted: object; grownMb: number };
  expect(rows).toBe(1_000_000);
  expect(counted).toEqual({ count: 1_000_000, numbers: 1_000_000 });
  // Nine tenths of the import come after the first measurement; all rows in memory would take 100 MB and more.
  expect(grownMb).toBeLessThan(50);
});
