import { describe, expect, it, vi } from 'vitest';

import { describeWhere, folderOf, userNamed } from './programs.ts';

it('where a program is missing the tests are skipped, and say so', () => {
  vi.stubEnv('CI', undefined);
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(describeWhere(false, 'the program redis-server')).not.toBe(describe);
  expect(write.mock.calls).toContainEqual(['SKIPPED: the tests that need the program redis-server\n']);
  expect(describeWhere(true, 'the program redis-server')).toBe(describe);
});

it('in CI nothing is skipped', () => {
  vi.stubEnv('CI', 'true');
  expect(() => describeWhere(false, 'the program redis-server')).toThrow('CI needs the program redis-server');
});

it('finds programs and users of this machine, and no others', () => {
  expect(folderOf(['sh'])).toMatch(/bin$/);
  expect(folderOf(['sh', 'no-such-program'])).toBeUndefined();
  expect(userNamed('root')?.uid).toBe(0);
  expect(userNamed('no-such-user')).toBeUndefined();
});
