import { rmSync } from 'node:fs';

import { afterAll, beforeAll, describe } from 'vitest';

import { describeOneLineUses } from '../../packages/preset/src/testing/describe-one-line-uses.ts';
import { installPacked } from '../../packages/preset/src/testing/install-packed.ts';

describe.each(['pnpm hoisted', 'pnpm isolated'] as const)('%s', (manager) => {
  let folder: string;

  beforeAll(() => {
    folder = installPacked(manager);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  describeOneLineUses(`from the tarball, by ${manager}`, () => folder);
});
