import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');

function ask(program: string, args: readonly string[], cwd = repository) {
  const file = path.join(repository, 'node_modules/.bin', program);
  const { error, status, stdout, stderr } = spawnSync(file, args, { cwd, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { status, output: `${stdout}${stderr}` };
}

const knip = ['--treat-config-hints-as-errors', '--no-progress'];

describe('the workspace', () => {
  it('has no unused file, export or dependency, and none that is not declared (knip)', { timeout: 60_000 }, () => {
    const { status, output } = ask('knip', knip);
    expect(status, output).toBe(0);
  });

  it('has one version of each dependency, and sorted manifests (sherif)', () => {
    const { status, output } = ask('sherif', []);
    expect(status, output).toBe(0);
  });
});

describe('a workspace with faults', () => {
  let folder: string;

  function write(file: string, contents: unknown): void {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, typeof contents === 'string' ? contents : JSON.stringify(contents));
  }

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'workspace-'));
    const shared = { private: true, type: 'module', version: '0.0.0' };
    write('package.json', { ...shared, name: 'root', workspaces: ['packages/*'], packageManager: 'npm@11.19.1' });
    write('packages/a/package.json', { ...shared, name: 'a', main: 'index.ts', dependencies: { zod: '4.0.0' } });
    write('packages/a/index.ts', "export { used } from './used.ts';\n");
    write('packages/a/used.ts', 'export const used = 1;\nexport const left = 2;\n');
    write('packages/b/package.json', { ...shared, name: 'b', dependencies: { zod: '4.0.1' } });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is refused by knip, which names what is unused', { timeout: 60_000 }, () => {
    const { status, output } = ask('knip', knip, folder);
    expect(status).toBe(1);
    expect(output).toMatch(/zod +packages\/a\/package\.json/);
    expect(output).toMatch(/left +packages\/a\/used\.ts/);
  });

  it('is refused by sherif, which names the two versions', () => {
    const { status, output } = ask('sherif', [], folder);
    expect(status).toBe(1);
    expect(output).toContain('multiple-dependency-versions');
  });
});
