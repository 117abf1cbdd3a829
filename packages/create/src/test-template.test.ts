import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { templateArchive } from '../fixtures/templates.ts';

const packageFolder = path.resolve(import.meta.dirname, '..');
const vitest = path.resolve(packageFolder, '../../node_modules/vitest/vitest.mjs');
const rule = (name: string, recipe: string) => `${name}:\n\t@${recipe}\n`;
const makefile = (recipes: Readonly<Record<string, string>> = {}) =>
  Object.entries({ setup: 'mkdir -p .venv', lint: 'test -d .venv', test: 'true', ...recipes })
    .map(([name, recipe]) => rule(name, recipe))
    .join('\n');

interface Outcome {
  readonly numPassedTests: number;
  readonly testResults: readonly { readonly assertionResults: readonly { title: string; status: string }[] }[];
}

/** The titles of the tests that fail for the small template with these files in it. */
function failing(files: Readonly<Record<string, string>>, own: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, ...own, TEMPLATE_ARCHIVE: templateArchive(files), TEMPLATE_LANGUAGE: 'python' };
  const report = path.join(temporaryFolder(), 'report.json');
  const args = [
    'run',
    '--config',
    'fixtures/template-tests/vitest.config.ts',
    '--reporter=json',
    `--outputFile=${report}`,
  ];
  spawnSync(process.execPath, [vitest, ...args], { cwd: packageFolder, env });
  const { numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Outcome;
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed');
  return { passed: numPassedTests, failed: failed.map(({ title }) => title) };
}

describe('testTemplate', { timeout: 60_000 }, () => {
  it('passes a template that keeps the rules', () => {
    expect(failing({ Makefile: makefile() })).toEqual({ passed: 9, failed: [] });
  });

  it('ends a command that does not end by itself, with what it has started', () => {
    const left = path.join(temporaryFolder(), 'left');
    const test = `echo begun; (sleep 3; touch ${left}) & sleep 60`;
    const { failed } = failing({ Makefile: makefile({ test }) }, { TEMPLATE_LIMIT_MS: '1000' });
    expect(failed).toEqual(['passes make test']);
    spawnSync('sleep', ['3']);
    expect(existsSync(left)).toBe(false);
  });

  it.each([
    ['what is left open', { 'src/a.txt': 'TODO: write\n' }, {}, ['leaves nothing open']],
    ['a set-up that fails', {}, { setup: 'mkdir -p .venv && false' }, ['passes make setup']],
    [
      'a lint that a short name breaks',
      {},
      { lint: 'grep -q orders-api service.json' },
      ['passes make lint with the shortest name'],
    ],
    ['a test that fails', {}, { test: 'false' }, ['passes make test']],
    [
      'a test that changes the service',
      {},
      { test: 'echo more >> README.md && echo x >> service.json' },
      ['is what it was after its commands have run'],
    ],
  ])('fails for %s', (_what, files, recipes, titles) => {
    expect(failing({ ...files, Makefile: makefile(recipes) }).failed).toEqual(titles);
  });
});
