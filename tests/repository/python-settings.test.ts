import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';

import { ruffRulesJson } from '../../scripts/ruff-rules.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(repository, file), 'utf8');

interface Pyproject {
  readonly project: { readonly 'requires-python': string };
  readonly tool: { readonly ruff: Settings; readonly pytest: { readonly ini_options: Settings } };
}

type Settings = Readonly<Record<string, unknown>>;

const { project, tool } = parse(read('templates/python-service/pyproject.toml')) as unknown as Pyproject;

/** The part of some settings that the shipped ones name, table by table: a service may say more, never otherwise. */
function shippedPartOf(settings: Settings, shipped: Settings): Settings {
  return Object.fromEntries(
    Object.entries(shipped).map(([name, value]) => {
      const own = settings[name];
      const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
      return [name, nested ? shippedPartOf((own ?? {}) as Settings, value as Settings) : own];
    }),
  );
}

describe('pyproject.toml of the template', () => {
  it('repeats the settings of ruff that the preset ships', () => {
    const shipped = parse(read('packages/preset/python/ruff.toml'));
    expect(Object.keys(shipped)).toEqual(['line-length', 'target-version', 'lint']);
    expect(shippedPartOf(tool.ruff, shipped)).toEqual(shipped);
  });

  it('repeats the settings of pytest that the preset ships', () => {
    const { pytest } = parse(read('packages/preset/python/pytest.toml')) as { pytest: Settings };
    expect(Object.keys(pytest)).toContain('filterwarnings');
    expect(shippedPartOf(tool.pytest.ini_options, pytest)).toEqual(pytest);
  });

  it('names the oldest Python that the settings of ruff are for', () => {
    expect(project['requires-python'].replace(/\D/g, '')).toBe(String(tool.ruff['target-version']).replace('py', ''));
  });

  it('that differs is found', () => {
    const shipped = { 'line-length': 100, lint: { select: ['E', 'F'] } };
    expect(shippedPartOf({ 'line-length': 100, lint: { select: ['E'] } }, shipped)).not.toEqual(shipped);
    expect(shippedPartOf({ 'line-length': 100 }, shipped)).not.toEqual(shipped);
    expect(shippedPartOf({ 'line-length': 100, src: [], lint: { select: ['E', 'F'], isort: {} } }, shipped)).toEqual(
      shipped,
    );
  });
});

const ruff = path.join(repository, 'templates/python-service/.venv/bin/ruff');

describe('the list of what each family of ruff brings', () => {
  it.skipIf(!existsSync(ruff))('is that of the installed ruff (npm run fix writes it)', () => {
    expect(read('packages/preset/python/ruff-rules.json')).toBe(ruffRulesJson(ruff));
  });

  it('is for the version that the template pins', () => {
    const { ruff: version } = JSON.parse(read('packages/preset/python/ruff-rules.json')) as { ruff: string };
    expect(read('templates/python-service/pyproject.toml')).toContain(`"ruff==${version}"`);
  });
});
