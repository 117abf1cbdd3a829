import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeOneLineUses, writeProject } from './testing/describe-one-line-uses.ts';
import { bundleUse, oneLineUses } from './testing/one-line-uses.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'preset-'));
  writeProject(folder);
  // As every service has it: oxlint would follow the link to this package, which has a configuration of its own.
  writeFileSync(path.join(folder, '.gitignore'), 'node_modules\n');
  const installed = path.resolve(import.meta.dirname, '../../../node_modules');
  mkdirSync(path.join(folder, 'node_modules'));
  for (const name of ['.bin', '@seaworthy', '@types', 'oxfmt', 'oxlint', 'tsup', 'typescript', 'vitest'])
    symlinkSync(path.join(installed, name), path.join(folder, 'node_modules', name));
});
afterAll(() => rmSync(folder, { recursive: true }));

describeOneLineUses('in this repository', () => folder);

it('the README names each line', () => {
  const readme = readFileSync(path.resolve(import.meta.dirname, '../README.md'), 'utf8');
  for (const { config, line } of [...oneLineUses, bundleUse]) expect(readme).toContain(`| \`${config}\` | \`${line}\``);
});
