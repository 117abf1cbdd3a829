import { chmodSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { gitIn } from '../../fixtures/git.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { indexTemplates } from '../../scripts/index-templates.ts';
import { packTemplates } from '../../scripts/pack-templates.ts';

import { hashTree, readTemplate } from './template.ts';

function packed(templates: string): Buffer {
  const archive = path.join(temporaryFolder(), 'templates.tgz');
  packTemplates(templates, archive);
  return readFileSync(archive);
}

function repository(order: 1 | -1): string {
  const folder = temporaryFolder();
  gitIn(folder, 'init', '--quiet');
  const files = { '.gitignore': '*.log\n', 'a/run.sh': '', 'a/b.txt': 'b', 'a/c.log': 'ignored', 'z/é.txt': 'é' };
  for (const [file, text] of Object.entries(files).toSorted(() => order)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  chmodSync(path.join(folder, 'a/run.sh'), order === 1 ? 0o700 : 0o755);
  chmodSync(path.join(folder, 'a/b.txt'), order === 1 ? 0o600 : 0o664);
  utimesSync(path.join(folder, 'a/b.txt'), 1, order === 1 ? 1000 : 2000);
  return folder;
}

describe('the archive of templates', () => {
  it('has the same bytes in every run', () => {
    const templates = path.resolve(import.meta.dirname, '../../../../templates');
    expect(packed(templates).equals(packed(templates))).toBe(true);
  });

  it('has the same bytes in every checkout of the same files', () => {
    expect(packed(repository(1)).equals(packed(repository(-1)))).toBe(true);
  });

  it('is indexed by the hash of each template, as a check compares it', async () => {
    const archive = path.join(temporaryFolder(), 'templates.tgz');
    packTemplates(repository(1), archive);
    await indexTemplates(archive, ['a', 'z']);
    const index = JSON.parse(readFileSync(archive.replace('.tgz', '.json'), 'utf8')) as Record<string, string>;
    expect(index['a']).toBe(hashTree(await readTemplate(archive, 'a')));
    expect(index['z']).toMatch(/^[0-9a-f]{64}$/);
    await expect(indexTemplates(archive, ['none'])).rejects.toThrow(/no template called none/);
  });

  it('holds what git would track, with the two modes that git knows', async () => {
    const folder = repository(1);
    gitIn(folder, 'add', '--all');
    rmSync(path.join(folder, 'z/é.txt'));
    writeFileSync(path.join(folder, 'a/new.txt'), 'not added yet');
    const archive = path.join(temporaryFolder(), 'templates.tgz');
    packTemplates(folder, archive);
    const files = [...(await readTemplate(archive, 'a'))].map(([file, { mode }]) => [file, mode]);
    expect(files).toEqual([
      ['b.txt', 0o644],
      ['new.txt', 0o644],
      ['run.sh', 0o755],
    ]);
    await expect(readTemplate(archive, 'z')).rejects.toThrow(/no template called z/);
  });
});
