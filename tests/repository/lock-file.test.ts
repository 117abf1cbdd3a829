import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { lockFileProblems, type LockFile } from './lock-file.ts';

const file = path.resolve(import.meta.dirname, '../../package-lock.json');

it('the lock file is complete for every platform and names no registry', () => {
  const lock = JSON.parse(readFileSync(file, 'utf8')) as LockFile;
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(lockFileProblems(lock)).toEqual([]);
});

it('an address and a missing platform are found', () => {
  const packages = {
    'node_modules/a': {
      resolved: 'https://registry.invalid/a.tgz',
      optionalDependencies: { 'a-linux': '1', 'a-darwin': '1' },
    },
    'node_modules/a/node_modules/a-linux': {},
    'packages/b': { resolved: 'packages/b', link: true },
  };
  expect(lockFileProblems({ packages })).toEqual([
    'node_modules/a carries an address',
    'node_modules/a needs a-darwin, which is not locked',
  ]);
});
