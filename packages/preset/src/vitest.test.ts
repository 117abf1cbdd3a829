import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const packageFolder = path.resolve(import.meta.dirname, '..');
const imports = "import { expect, it, vi } from 'vitest';\n";
let folder: string;

beforeEach(() => {
  // Inside the package, so that the project finds the preset and vitest by their names.
  folder = mkdtempSync(path.join(packageFolder, 'reports-'));
  config("export { unitTests as default } from '@seaworthy/preset/vitest';");
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

function config(text: string): void {
  write('vitest.config.js', `${text}\n`);
}

/** Runs the real vitest on the project, as CI does unless told otherwise. */
function run(args: readonly string[] = [], ci = 'true') {
  const { VITEST: _inside, ...outside } = process.env;
  const env = { ...outside, CI: ci, NO_COLOR: '1', DEPLOY_ENVIRONMENT: 'production' };
  const { status, stdout, stderr } = spawnSync('vitest', ['run', ...args], { cwd: folder, encoding: 'utf8', env });
  return { status, output: stdout + stderr };
}

function runTest(body: string, ci?: string) {
  write('src/sample.test.ts', `${imports}${body}\n`);
  return run([], ci);
}

describe('the test preset', { timeout: 60_000 }, () => {
  it('sets the stage and writes JUnit', () => {
    const { status, output } = runTest("it('runs', () => expect(process.env['DEPLOY_ENVIRONMENT']).toBe('test'));");
    expect(status, output).toBe(0);
    expect(readFileSync(path.join(folder, 'reports/junit.xml'), 'utf8')).toContain('tests="1"');
  });

  it('fails a test that asserts nothing', () => {
    const { status, output } = runTest("it('is empty', () => { expect; });");
    expect(status).toBe(1);
    expect(output).toContain('expected any number of assertion');
  });

  it('fails on a rejection that nobody handles, though every test passed', () => {
    const { status, output } = runTest(
      "it('adds', () => { void Promise.reject(new Error('lost')); expect(1 + 1).toBe(2); });",
    );
    expect(output).toContain('1 passed');
    expect(output).toContain('Error: lost');
    expect(status).toBe(1);
  });

  it('fails on .only where CI is set, and nowhere else', () => {
    const body = "it.only('adds', () => expect(1 + 1).toBe(2));";
    const onCi = runTest(body);
    expect(onCi.status).toBe(1);
    expect(onCi.output).toContain('Unexpected .only modifier');
    expect(runTest(body, '').status).toBe(0);
    expect(runTest(body, 'false').status).toBe(0);
  });

  it('restores mocks, variables and globals after each test', () => {
    const { status, output } = runTest(`
      const clock = { now: () => 1 };
      it('changes', () => {
        vi.spyOn(clock, 'now').mockReturnValue(2);
        vi.stubEnv('ORDER_LIMIT', '5');
        vi.stubGlobal('orderLimit', 5);
        expect([clock.now(), process.env.ORDER_LIMIT, globalThis.orderLimit]).toEqual([2, '5', 5]);
      });
      it('is as before', () => {
        expect([clock.now(), process.env.ORDER_LIMIT, globalThis.orderLimit]).toEqual([1, undefined, undefined]);
      });`);
    expect(status, output).toBe(0);
  });

  it('fails below the coverage that a package asks for, and passes at it', () => {
    write(
      'src/label.ts',
      "export function label(paid: boolean) {\n  if (paid) return 'done';\n  return 'to pay';\n}\n",
    );
    write(
      'src/label.test.ts',
      `${imports}import { label } from './label.ts';\nit('tells', () => expect(label(true)).toBe('done'));\n`,
    );
    const withLines = (lines: number) => {
      const overrides = `{ test: { coverage: { thresholds: { lines: ${lines} } } } }`;
      config(
        `import { defineUnitTests } from '@seaworthy/preset/vitest';\nexport default defineUnitTests(${overrides});`,
      );
      return run(['--coverage']);
    };
    const below = withLines(90);
    expect(below.output).toContain('does not meet global threshold (90%)');
    expect(below.output).toContain('Coverage report from v8');
    expect(below.status).toBe(1);
    const met = withLines(50);
    expect(met.status, met.output).toBe(0);
    expect(readFileSync(path.join(folder, 'reports/coverage/lcov.info'), 'utf8')).toContain('SF:src/label.ts');
  });
});

describe('the test preset for a service', { timeout: 60_000 }, () => {
  const kinds = ['unit', 'integration', 'contract'];
  const define = (args: string) =>
    config(
      `import { defineServiceTests } from '@seaworthy/preset/vitest';\nexport default defineServiceTests(${args});`,
    );

  it('runs the tests of each kind from their own folder, together and alone', () => {
    config("export { serviceTests as default } from '@seaworthy/preset/vitest';");
    for (const kind of kinds)
      write(`tests/${kind}/adds.test.ts`, `${imports}it('adds', () => expect(1 + 1).toBe(2));\n`);
    write('src/adds.test.ts', `${imports}it('adds', () => expect(process.env['DEPLOY_ENVIRONMENT']).toBe('test'));\n`);
    const all = run();
    expect(all.status, all.output).toBe(0);
    expect(all.output).toMatch(/Tests +4 passed/);
    const alone = kinds.map((kind) => /Tests +(\d) passed/.exec(run(['--project', kind]).output)?.[1]);
    expect(alone).toEqual(['2', '1', '1']);
  });

  it('keeps its rules in every project', () => {
    config("export { serviceTests as default } from '@seaworthy/preset/vitest';");
    for (const kind of kinds) write(`tests/${kind}/empty.test.ts`, `${imports}it('is empty', () => { expect; });\n`);
    const { status, output } = run();
    expect(status).toBe(1);
    expect(output).toMatch(/Tests +3 failed/);
  });

  it('is overridden for every project, or for one', () => {
    const show = "it('shows', ({ task }) => expect(task.timeout).toBe(WANTED));\n";
    for (const [kind, wanted] of [
      ['unit', 7000],
      ['integration', 9000],
      ['contract', 7000],
    ] as const)
      write(`tests/${kind}/shows.test.ts`, imports + show.replace('WANTED', String(wanted)));
    define('{ test: { testTimeout: 7000 } }, { integration: { testTimeout: 9000 } }');
    const { status, output } = run();
    expect(status, output).toBe(0);
    expect(output).toMatch(/Tests +3 passed/);
  });
});
