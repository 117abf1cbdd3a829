import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { ruffFamilies } from '../rules.js';
import { faults, plantedFault } from './planted-fault.ts';

const fixtures = path.dirname(faults);
// The tools of the Python template: `npm run python:setup` installs them, and turbo runs it before these tests.
const tools = path.resolve(import.meta.dirname, '../../../templates/python-service/.venv/bin');
const folder = mkdtempSync(path.join(tmpdir(), 'preset-python-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Finding {
  readonly code: string;
  readonly filename: string;
  readonly location: { readonly row: number };
}

/** The findings of the real ruff, with a configuration that extends the shipped one. */
function lint(target: string, lines = '') {
  const config = path.join(folder, 'ruff.toml');
  writeFileSync(config, `extend = ${JSON.stringify(path.join(fixtures, '../python/ruff.toml'))}\n${lines}`);
  const args = ['check', '--no-cache', '--output-format=json', `--config=${config}`, target];
  const { status, stdout, stderr } = spawnSync(path.join(tools, 'ruff'), args, { cwd: fixtures, encoding: 'utf8' });
  if (stdout === '') throw new Error(`ruff refused the configuration:\n${stderr}`);
  const findings = (JSON.parse(stdout) as Finding[]).map(({ code, filename, location }) => ({
    code,
    file: path.relative(faults, filename),
    line: location.row,
  }));
  return { status, findings };
}

it('has a planted fault for each family, and none is left over', () => {
  const planted = ruffFamilies.map(({ prefix }) => plantedFault(`ruff/${prefix}`).file).toSorted();
  expect(globSync('ruff/*.py', { cwd: faults }).toSorted()).toEqual(planted);
});

describe.skipIf(!existsSync(path.join(tools, 'ruff')))('the settings of ruff', () => {
  it.each(ruffFamilies.map(({ prefix }) => prefix))(
    'report the fault of %s at its line, by one rule of it',
    (prefix) => {
      const { file, line } = plantedFault(`ruff/${prefix}`);
      const { findings } = lint(path.join('fail', file));
      expect(findings.map(({ code }) => code.replace(/[0-9]+$/, ''))).toEqual([prefix.replace(/[0-9]+$/, '')]);
      expect(findings[0]?.line).toBe(line);
    },
  );

  it('say nothing once each family is turned off as its way back says', () => {
    const wayBack = ruffFamilies.map(({ prefix }) => `"**/ruff/${prefix}.py" = ["${prefix}"]`);
    expect(lint('fail', `[lint.per-file-ignores]\n${wayBack.join('\n')}\n`)).toEqual({ status: 0, findings: [] });
    expect(lint('fail/ruff/T20.py', '[lint]\nignore = ["T20"]\n').findings).toEqual([]);
  });

  it('accept what is right, and take a family more', () => {
    expect(lint('pass')).toEqual({ status: 0, findings: [] });
    const more = lint('pass', '[lint]\nextend-select = ["TRY"]\n').findings;
    expect(new Set(more.map(({ code }) => code.slice(0, 3)))).toEqual(new Set(['TRY']));
  });
});

describe.skipIf(!existsSync(path.join(tools, 'pytest')))('the settings of pytest', () => {
  function pytest(body: string, args: readonly string[] = []) {
    writeFileSync(path.join(folder, 'test_sample.py'), body);
    const settings = path.join(fixtures, '../python/pytest.toml');
    const all = ['-c', settings, `--rootdir=${folder}`, '-p', 'no:cacheprovider', ...args, folder];
    const { status, stdout, stderr } = spawnSync(path.join(tools, 'pytest'), all, {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status, output: stdout + stderr };
  }

  const warns = 'import warnings\n\n\ndef test_warns() -> None:\n    warnings.warn("old", DeprecationWarning)\n';

  it('fail on a warning, on a failure that was expected and did not come, and on an error in a thread', () => {
    const expected = '\n\n@pytest.mark.xfail\ndef test_adds() -> None:\n    assert 1 + 1 == 2\n';
    const thread = `
def test_starts() -> None:
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
`;
    const { status, output } = pytest(`import threading\nimport pytest\n${warns}${expected}${thread}`);
    for (const says of [
      'DeprecationWarning: old',
      'XPASS(strict)',
      'PytestUnhandledThreadExceptionWarning',
      '3 failed',
    ])
      expect(output).toContain(says);
    expect(status).toBe(1);
  });

  it('fail on a marker that nobody declared', () => {
    const { status, output } = pytest('import pytest\n\n\n@pytest.mark.slwo\ndef test_adds() -> None:\n    pass\n');
    expect(output).toContain("'slwo' not found in `markers`");
    expect(status).not.toBe(0);
  });

  it('accept what passes, and are overridden as pytest says', () => {
    const { status, output } = pytest(`${warns}\n\ndef test_adds() -> None:\n    assert 1 + 1 == 2\n`, [
      '-o',
      'filterwarnings=default',
    ]);
    expect(status, output).toBe(0);
    expect(output).toContain('2 passed');
  });
});
