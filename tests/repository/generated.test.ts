import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { apiSurfaces } from '../../scripts/api-surface.ts';
import { generatedFiles } from '../../scripts/generated.ts';

const repository = path.resolve(import.meta.dirname, '../..');

const surfaces = await apiSurfaces();

describe('generated files are committed as they would be generated (npm run fix writes them)', () => {
  const files = [...generatedFiles(), ...surfaces];
  it.each(files.map(({ file, contents }) => [path.relative(repository, file), contents]))('%s', (file, contents) => {
    expect(readFileSync(path.join(repository, file), 'utf8')).toBe(contents);
  });
});

describe('both templates', () => {
  const files = [
    'README.md',
    'RUNBOOK.md',
    'CHECKLIST.md',
    'service.json',
    'config/production.env',
    'config/staging.env',
    'docs/defaults.md',
    'docs/changes/0001-first-release.md',
    'Makefile',
    '.gitignore',
    '.github/workflows/ci.yml',
    'Dockerfile',
    '.dockerignore',
  ];
  const read = (template: string, file: string) =>
    readFileSync(path.join(repository, 'templates', template, file), 'utf8');

  it.each(files)('have %s', (file) => {
    const found = ['node-service', 'python-service'].filter((template) =>
      existsSync(path.join(repository, 'templates', template, file)),
    );
    expect(found).toEqual(['node-service', 'python-service']);
  });

  it('have the same headings in their runbooks, and the same make targets', () => {
    const headings = (template: string) => read(template, 'RUNBOOK.md').match(/^#+ .*$/gm);
    const targets = (template: string) => read(template, 'Makefile').match(/^[a-z]+:/gm);
    expect(headings('python-service')).toEqual(headings('node-service'));
    // npm writes its lock by itself.
    expect(targets('python-service')?.filter((target) => target !== 'lock:')).toEqual(targets('node-service'));
  });

  it('have the same migrations, byte for byte: they may take over the database of each other', () => {
    const migrations = (template: string) => {
      const folder = path.join(repository, 'templates', template, 'migrations');
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sql'));
      return Object.fromEntries(names.sort().map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
    };
    expect(Object.keys(migrations('node-service'))).toHaveLength(8);
    expect(migrations('python-service')).toEqual(migrations('node-service'));
  });

  it('write the settings they share with the same words', () => {
    const blocks = (template: string) =>
      new Set(
        read(template, 'config/production.env')
          .split('\n\n')
          .slice(1)
          .map((block) => block.trim()),
      );
    const python = blocks('python-service');
    const node = blocks('node-service');
    expect(python.size).toBe(37);
    expect([...python].filter((block) => !node.has(block))).toEqual([]);
  });
});
