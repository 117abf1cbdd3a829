import { once } from 'node:events';

import { expect, it } from 'vitest';

import { nodeSqlite } from '../../src/database/node-sqlite.ts';

it('other warnings are said as before', async () => {
  const { DatabaseSync } = nodeSqlite();
  new DatabaseSync(':memory:').close();
  const said = once(process, 'warning');
  process.emitWarning('the disk is slow', 'SlowWarning');
  expect(await said).toMatchObject([{ name: 'SlowWarning', message: 'the disk is slow' }]);
});
