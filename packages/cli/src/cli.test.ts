import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { port, problem, report } from './testing/fixture-reports.ts';
import { answeringService } from './testing/fixture-service.ts';

const program = path.resolve(import.meta.dirname, 'cli.ts');
const bin = path.resolve(import.meta.dirname, '../bin/seaworthy.js');
const inShell = (line: string, cwd: string) => spawnSync('bash', ['-c', line], { cwd, encoding: 'utf8' });

describe('the program', () => {
  const directory = () =>
    answeringService({
      '': { stdout: { environment: 'test', settings: { HTTP_PORT: port } } },
      'verify staging': { stdout: report('staging', { HTTP_PORT: port }, [problem]), exit: 78 },
    });

  it('keeps its exit code when nobody reads the answer to its end', () => {
    const line = `"${process.execPath}" "${program}" config verify staging | true; echo "\${PIPESTATUS[0]}"`;
    expect(inShell(line, directory())).toMatchObject({ stdout: '78\n', stderr: '' });
  });

  it.skipIf(process.platform !== 'linux')('fails when its answer cannot be printed', () => {
    const { stderr, status } = inShell(`"${process.execPath}" "${program}" config show >/dev/full`, directory());
    expect(stderr).toContain('\n   code      CLI_OUTPUT\n   got       ENOSPC');
    expect(status).toBe(2);
  });

  it('says which Node it needs', () => {
    const older = 'data:text/javascript,Object.defineProperty(process.versions, "node", { value: "20.19.0" })';
    const run = spawnSync(process.execPath, ['--import', older, bin, 'config'], { encoding: 'utf8' });
    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toMatch(
      /^CommandError: this Node is too old\. Nothing was run\.\n {3}code {6}CLI_NODE_TOO_OLD\n/,
    );
  });

  it('is what the built command runs', () => {
    const run = spawnSync(process.execPath, [bin, 'config', 'show'], { cwd: directory(), encoding: 'utf8' });
    expect(run).toMatchObject({ status: 0, stdout: 'HTTP_PORT\t8080\tdefault\n', stderr: '' });
  });
});
