import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it } from 'vitest';

import { readTemplate } from './plan/template.ts';

const here = path.resolve(import.meta.dirname, '..');

it('the same templates give the same archive', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pack-'));
  const archive = path.join(folder, 'templates.tgz');
  const { status, stderr } = spawnSync('node', [path.join(here, 'scripts/pack-templates.ts'), archive], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  expect(readFileSync(archive).equals(readFileSync(path.join(here, 'dist/templates.tgz')))).toBe(true);
  rmSync(folder, { recursive: true });
});

it.each(['node-service', 'python-service'])(
  'the archive holds %s with the files that npm would drop',
  async (template) => {
    const files = await readTemplate(path.join(here, 'dist/templates.tgz'), template);
    expect([...files.keys()]).toEqual(expect.arrayContaining(['.gitignore', 'README.md', 'service.json']));
    expect([...files.keys()].filter((file) => /node_modules|\.venv|__pycache__|^var\//.test(file))).toEqual([]);
  },
);

it('a template that is not there is named', async () => {
  await expect(readTemplate(path.join(here, 'dist/templates.tgz'), 'go-service')).rejects.toThrow('go-service');
});
