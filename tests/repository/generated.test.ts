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

  it.each(files)('have %s', (file) => {
    const found = ['node-service', 'python-service'].filter((template) =>
      existsSync(path.join(repository, 'templates', template, file)),
    );
    expect(found).toEqual(['node-service', 'python-service']);
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
});
