import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { gitIn, stubGitConfig } from '../../fixtures/git.ts';
import { runProgram } from '../../fixtures/run-program.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { templateArchive } from '../../fixtures/templates.ts';

const program = path.resolve(import.meta.dirname, '../../fixtures/announced-scaffold.js');

/** Scaffolds with `install` from a template whose set-up is this recipe. */
function install(recipe: string, answers: object = {}, env: NodeJS.ProcessEnv = {}) {
  const cwd = temporaryFolder();
  const archive = templateArchive({ Makefile: `setup:\n\t${recipe}\n` });
  const given = { name: 'orders-api', language: 'python', owner: 't1', install: true, directory: '.', ...answers };
  const run = runProgram([program, JSON.stringify(given), JSON.stringify({ archive })], { cwd, env });
  return { service: path.join(cwd, 'orders-api'), run };
}

beforeEach(() => stubGitConfig());

describe('the set-up of a new service', { timeout: 20_000 }, () => {
  it('runs when it is asked for, is shown, and prints on stderr alone', async () => {
    const { service, run } = install('@echo installing; touch installed.txt');
    const { exitCode, stdout, stderr } = await run;
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'begin\nend\n' });
    expect(stderr).toBe(`$ cd ${service} && make setup\ninstalling\n`);
    expect(existsSync(path.join(service, 'installed.txt'))).toBe(true);
    // It runs behind the first commit, which holds the template alone.
    expect(gitIn(service, 'status', '--porcelain')).toBe('?? installed.txt');
  });

  it('does not run unasked', async () => {
    const { service, run } = install('touch installed.txt', { install: false });
    expect(await run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(existsSync(path.join(service, 'installed.txt'))).toBe(false);
  });

  it('that fails leaves the service, and says so with the command to try again', async () => {
    const { service, run } = install('@echo no network >&2; exit 3');
    const { exitCode, stderr } = await run;
    expect(exitCode).toBe(1);
    expect(stderr).toContain('no network\n');
    expect(stderr).toContain('its set-up failed (SCAFFOLD_INSTALL). The service was written.');
    expect(stderr).toContain(`try again: cd ${service} && make setup`);
    expect(existsSync(path.join(service, 'service.json'))).toBe(true);
  });

  it('is shown as it is typed where a folder needs quotes', async () => {
    const { service, run } = install('@exit 3', { directory: 'two words' });
    const typed = `cd '${path.dirname(service)}/two words/orders-api' && make setup`;
    const { stderr } = await run;
    expect(stderr.startsWith(`$ ${typed}\n`)).toBe(true);
    expect(stderr).toContain(`  - try again: ${typed}\n`);
  });

  it("finds the host's own programs, not those that npm puts in front of them", async () => {
    const folder = path.join(temporaryFolder(), 'node_modules/.bin');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'touch'), '#!/bin/sh\nexit 9\n');
    chmodSync(path.join(folder, 'touch'), 0o755);
    const { service, run } = install('@touch installed.txt', {}, { PATH: `${folder}:${process.env['PATH']}` });
    expect(await run).toMatchObject({ exitCode: 0 });
    expect(readFileSync(path.join(service, 'installed.txt'), 'utf8')).toBe('');
  });
});
