import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const packageFolder = path.resolve(import.meta.dirname, '..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(packageFolder, 'reports-'));
  mkdirSync(path.join(folder, 'src'));
  const config = "import { defineUnitTests } from '@seaworthy/preset/vitest';\nexport default defineUnitTests();\n";
  writeFileSync(path.join(folder, 'vitest.config.js'), config);
});
afterEach(() => rmSync(folder, { recursive: true }));

function runTest(body: string) {
  writeFileSync(path.join(folder, 'src/sample.test.ts'), `import { expect, it } from 'vitest';\n${body}\n`);
  const env = { ...process.env, CI: 'true', DEPLOY_ENVIRONMENT: 'production' };
  return spawnSync('vitest', ['run', '--root', folder], { cwd: folder, encoding: 'utf8', env });
}

describe('the test preset', () => {
  it('sets the stage and writes JUnit', () => {
    const { status } = runTest("it('runs', () => expect(process.env['DEPLOY_ENVIRONMENT']).toBe('test'));");
    expect(status).toBe(0);
    expect(readFileSync(path.join(folder, 'reports/junit.xml'), 'utf8')).toContain('tests="1"');
  });

  it('fails a test that asserts nothing', () => {
    const { status, stdout, stderr } = runTest("it('is empty', () => { expect; });");
    expect(status).toBe(1);
    expect(stdout + stderr).toContain('expected any number of assertion');
  });
});
