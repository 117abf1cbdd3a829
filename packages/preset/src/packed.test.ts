import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { describeOneLineUses } from './testing/describe-one-line-uses.ts';
import { installPacked } from './testing/install-packed.ts';

let folder: string;

beforeAll(() => {
  folder = installPacked('npm');
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the tarball', () => {
  it('brings the settings for Python and JSON, and none of the tests', () => {
    const has = (file: string) => existsSync(path.join(folder, 'node_modules/@seaworthy/preset', file));
    expect(['oxlint.json', 'python/ruff.toml', 'python/pytest.toml', 'tsconfig.service.json'].map(has)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['src', 'fixtures', 'python/ruff-rules.json'].map(has)).toEqual([false, false, false]);
  });
});

describeOneLineUses('from the tarball, by npm', () => folder);
