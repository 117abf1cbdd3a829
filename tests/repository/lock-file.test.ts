import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { lockFileProblems, requirementsLockProblems, type LockFile } from './lock-file.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const file = path.join(repository, 'package-lock.json');

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

it.each(['requirements.lock', 'requirements-dev.lock'])('%s of the Python template names no registry', (name) => {
  const text = readFileSync(path.join(repository, 'templates/python-service', name), 'utf8');
  expect(text).not.toContain('://');
  expect(text.match(/ --hash=sha256:/g)?.length).toBeGreaterThan(20);
  expect(requirementsLockProblems(text)).toEqual([]);
});

it('an address and a version without a hash are found', () => {
  const hash = `    --hash=sha256:${'0'.repeat(64)}`;
  const lines = [
    '# note',
    '--index-url https://registry.invalid',
    'a==1 ; python_version < "3.12" \\',
    hash,
    'b==1 \\',
  ];
  expect(requirementsLockProblems(lines.join('\n'))).toEqual([
    'not a version of a package: --index-url https://registry.invalid',
    'no hash: b==1 \\',
  ]);
});
