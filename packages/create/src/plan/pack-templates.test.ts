import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { list } from 'tar';
import { describe, expect, it } from 'vitest';

import { gitIn } from '../../fixtures/git.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { packTemplates } from '../../scripts/pack-templates.ts';

import { readTemplate } from './template.ts';

function packed(templates: string): Buffer {
  const archive = path.join(temporaryFolder(), 'templates.tgz');
  packTemplates(templates, archive);
  return readFileSync(archive);
}

function repository(order: 1 | -1): string {
  const folder = temporaryFolder();
  gitIn(folder, 'init', '--quiet');
  const files = { '.gitignore': '*.log\n', 'a/run.sh': '', 'a/b.txt': 'b', 'a/c.log': 'ignored', 'z/e.txt': 'é' };
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

  it('is an archive for every reader of them', () => {
    const folder = repository(1);
    packTemplates(folder, path.join(folder, 'a.tgz'), 'a');
    const listed: string[] = [];
    list({
      file: path.join(folder, 'a.tgz'),
      sync: true,
      strict: true,
      onReadEntry: (entry) => listed.push(entry.path),
    });
    expect(listed).toEqual(['a/b.txt', 'a/run.sh']);
  });

  it.each(['é', 'b'])('keeps a path that is too long for one header: %s', (letter) => {
    const file = `${'folder/'.repeat(20)}${letter.repeat(110)}`;
    const folder = repository(1);
    mkdirSync(path.join(folder, 'a', path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, 'a', file), 'found');
    const archive = path.join(temporaryFolder(), 'templates.tgz');
    packTemplates(folder, archive, 'a');
    expect(readTemplate(archive, 'a').get(file)?.contents.toString()).toBe('found');
  });

  it('refuses a link, which its reader would miss', () => {
    const folder = repository(1);
    symlinkSync('b.txt', path.join(folder, 'a/link'));
    expect(() => packed(folder)).toThrow(/a\/link: expected a file/);
  });

  it('holds what git would track, with the two modes that git knows', () => {
    const folder = repository(1);
    gitIn(folder, 'add', '--all');
    rmSync(path.join(folder, 'z/e.txt'));
    writeFileSync(path.join(folder, 'a/new.txt'), 'not added yet');
    const archive = path.join(temporaryFolder(), 'templates.tgz');
    packTemplates(folder, archive);
    const files = [...readTemplate(archive, 'a')].map(([file, { mode }]) => [file, mode]);
    expect(files).toEqual([
      ['b.txt', 0o644],
      ['new.txt', 0o644],
      ['run.sh', 0o755],
    ]);
    expect(() => readTemplate(archive, 'z')).toThrow(/no template called z/);
  });
});
