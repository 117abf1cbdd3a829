// The real scripts on a machine without the Python that the template needs: with no python3 at all, and with an old one.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { findPython } from '../../scripts/find-python.ts';
import { pathWithout } from '../path-without.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const timeout = 120_000;

const withoutPython = pathWithout(/^(python|pypy)/);
afterAll(withoutPython.remove);

/** A PATH in which python3 is an old one, or nothing at all. */
function pathWith(version: string | undefined): string {
  if (version === undefined) return withoutPython.folder;
  const folder = path.join(withoutPython.folder, `python-${version}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'python3'), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
  return [folder, withoutPython.folder].join(path.delimiter);
}

function run(version: string | undefined, CI: string | undefined, args: readonly string[]) {
  const { PYTHON: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync('node', args, {
    cwd: repository,
    env: { ...env, PATH: pathWith(version), CI },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

describe.each([
  ['without python3', undefined, 'python3 does not run'],
  ['with an old python3', '3.10.12', 'python3 is 3.10.12'],
])('%s', (_what, version, found) => {
  const needed = `Python 3.11 or newer; ${found}`;

  it('npm test says aloud what it skipped, and passes', { timeout }, () => {
    const tasks = ['python:lint', 'python:test', 'python:integration'];
    const { status, output } = run(version, undefined, ['scripts/test.ts', ...tasks]);
    expect(output).toContain(`SKIPPED: everything that runs the Python template needs ${needed}\n0 passed, 0 failed\n`);
    expect(status, output).toBe(0);
  });

  it('npm test fails with CI=true', { timeout }, () => {
    expect(run(version, 'true', ['scripts/test.ts'])).toEqual({ status: 1, output: `npm test: CI needs ${needed}\n` });
  });

  it.each(['setup', 'test'])('npm run python:%s does the same', { timeout }, (task) => {
    const skipped = run(version, undefined, ['scripts/python.ts', task]);
    expect(skipped).toEqual({ status: 0, output: `SKIPPED: python:${task} needs ${needed}\n` });
    const refused = run(version, 'true', ['scripts/python.ts', task]);
    expect(refused).toEqual({ status: 1, output: `python:${task}: CI needs ${needed}\n` });
  });

  it.each(['contract', 'e2e'])('the tests of the project %s leave the Python service out', { timeout }, (project) => {
    const list = ['node_modules/vitest/vitest.mjs', 'list', '--filesOnly', '--project', project];
    const { status, output } = run(version, undefined, list);
    expect(status, output).toBe(0);
    expect(output).toContain('node-service.test.ts');
    expect(output).not.toMatch(/python-service|-cases|env-file-readers/);
  });

  it('the contract is kept by the Node template alone, aloud', { timeout }, () => {
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'contract', '-t', 'runs on every push to main'];
    const skipped = run(version, undefined, args);
    expect(skipped.output).toContain(`SKIPPED: the tests of the Python template need ${needed}\n`);
    expect(skipped.output).toMatch(/Tests .*1 passed/);
    expect(skipped.status).toBe(0);
    const refused = run(version, 'true', args);
    expect(refused.output).toContain(`CI needs ${needed}`);
    expect(refused.status).toBe(1);
  });
});

describe('where Python is', () => {
  it('nothing is left out', { timeout }, () => {
    const list = ['node_modules/vitest/vitest.mjs', 'list', '--filesOnly', '--project', 'contract', '--project', 'e2e'];
    const { status, output } = run('3.11.0', undefined, list);
    expect(status, output).toBe(0);
    expect(output.match(/python-service\.test|-cases\.test|env-file-readers\.test/g)).toHaveLength(6);
  });

  it.each(['3.11.0', '3.14.2', '4.0.0'])('%s is new enough', (version) => {
    expect(findPython({ PATH: pathWith(version), CI: 'true' })).toEqual({ version });
  });

  it('PYTHON names another one, as for make setup', () => {
    const env = { PATH: pathWith('3.11.0'), PYTHON: 'no-such-python' };
    expect(findPython(env)).toEqual({ missing: 'Python 3.11 or newer; no-such-python does not run' });
  });
});
