import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { count, defineDefaults, diffEnvironments, serviceFiles, verifySettings, type Stage } from '../index.ts';
import { groups, texts } from '../testing/service-folder.ts';

let folder: string;
const before = process.cwd();
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'verify-'));
  mkdirSync(path.join(folder, 'config'));
  mkdirSync(path.join(folder, 'docs'));
  writeFileSync(path.join(folder, 'docs/record.md'), '# A change\n');
  // Records are named from the folder of the service.
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

function verify(environment: Stage, files: Readonly<Record<string, string>>) {
  for (const name of ['production', 'staging']) writeFileSync(`config/${name}.env`, files[name] ?? '');
  return verifySettings(groups, { environment, files: serviceFiles('config'), owner: 'team-orders' });
}
const codes = (environment: Stage, files: Readonly<Record<string, string>>) =>
  verify(environment, files).problems.map(({ code, name }) => `${code} ${name}`);

describe('a change record', () => {
  it.each(['.', 'docs', '/etc/passwd', 'docs/none.md', ''])('is a file of the service, not %j', (record) => {
    expect(codes('production', { production: `# Change: ${record}\nLOG_LEVEL=warn\n` })).toEqual([
      'CFG_UNDOCUMENTED LOG_LEVEL',
    ]);
  });

  it('is enough', () => {
    expect(codes('production', { production: '# Change: docs/record.md\nLOG_LEVEL=warn\n' })).toEqual([]);
  });
});

describe('what only the host has', () => {
  it('is no problem of the files', () => {
    const production = '# Change: docs/record.md\nHEALTH_TOKEN_FILE=/run/secrets/none/token\n';
    const { problems, settings } = verify('production', { production });
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      HEALTH_TOKEN: { value: 'unknown', origin: 'from a file at start' },
      DATABASE_URL: { value: 'unknown', origin: 'from the environment at start' },
    });
  });

  it('is no excuse for a setting that must be stated', () => {
    const must = defineDefaults('must', '', { size: count({ env: 'SIZE', min: 1, max: 9, ...texts }) });
    const { problems } = verifySettings({ must }, { environment: 'production', owner: 'team-a' });
    expect(problems).toMatchObject([{ code: 'CFG_MISSING', name: 'SIZE' }]);
  });
});

it('a secret in a file is exposed, whatever is said about it', () => {
  const production = '# Change: docs/record.md\nHEALTH_TOKEN=a-token-of-16-characters\n';
  expect(codes('production', { production })).toEqual(['CFG_EXPOSED HEALTH_TOKEN']);
});

describe('a difference', () => {
  const diff = (files: Readonly<Record<string, string>>) =>
    diffEnvironments(verify('staging', files), verify('production', files));
  const production = '# Change: docs/record.md\nLOG_LEVEL=warn\n';

  it('has the reason of the environment that states it', () => {
    expect(diff({ production, staging: '# Differs: more detail\nLOG_LEVEL=debug\n' })).toEqual([
      { name: 'LOG_LEVEL', setting: 'logging.level', values: ['debug', 'warn'], why: 'more detail' },
    ]);
  });

  it('is not explained by what the other environment says', () => {
    expect(diff({ production, staging: 'LOG_LEVEL=debug\n' })).toEqual([
      { name: 'LOG_LEVEL', setting: 'logging.level', values: ['debug', 'warn'] },
    ]);
  });

  it('of what each environment states at start needs none', () => {
    const [difference] = diff({ production: '# Change: docs/record.md\nDATABASE_URL=sqlite:production.db\n' });
    expect(difference).toMatchObject({ name: 'DATABASE_URL', why: 'each environment states its own' });
  });
});
