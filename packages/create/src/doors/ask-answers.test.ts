import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { stubGitConfig } from '../../fixtures/git.ts';
import { controlC, controlD, enter, onTerminal, type Step } from '../../fixtures/pseudo-terminal.ts';
import { diskBelow, temporaryFolder } from '../../fixtures/temporary-folder.ts';

const packageFolder = path.resolve(import.meta.dirname, '../..');
const command = [process.execPath, path.join(packageFolder, 'bin/create-seaworthy.js')];
const plop = [process.execPath, path.resolve(packageFolder, '../../node_modules/plop/bin/plop.js'), 'service'];
const down = '\u001B[B';
const escape = '\u001B';

const steps: readonly Step[] = [
  ['The service, for example', `Orders API${enter}`],
  ['for example orders-api', `${'\u007F'.repeat(10)}orders-api${enter}`],
  ['Node or python', `${down}${enter}`],
  ['The team that answers', `team-orders${enter}`],
  ['Who is called at night', enter],
  ['The parent folder', enter],
  ['Make a repository', enter],
  ['Run make setup', enter],
];

beforeEach(() => stubGitConfig());

function serviceJson(folder: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, 'service.json'), 'utf8'));
}

describe('on a terminal', { timeout: 60_000 }, () => {
  it('asks for every answer, shows the defaults, and says at once what is refused', async () => {
    const cwd = temporaryFolder();
    const { exitCode, output, notReached } = await onTerminal(command, steps, { cwd });
    expect({ exitCode, notReached }).toEqual({ exitCode: 0, notReached: 0 });
    expect(output).toContain('2 to 40 characters');
    // The default of who is called is the owner that was just typed; its first letter is under the cursor.
    expect(output.split('Who is called at night')[1]).toContain('eam-orders');
    expect(output).toContain('make setup');
    expect(serviceJson(path.join(cwd, 'orders-api'))).toMatchObject({
      name: 'orders-api',
      language: 'python',
      owner: 'team-orders',
      onCall: 'team-orders',
    });
  });

  it('runs the set-up for whoever says yes, and shows it', async () => {
    const cwd = temporaryFolder();
    const programs = temporaryFolder();
    writeFileSync(path.join(programs, 'make'), '#!/bin/sh\necho "made: $*"; touch made\n', { mode: 0o755 });
    const yes = [...steps.slice(0, -1), ['Run make setup', `y${enter}`] as const];
    const env = { PATH: `${programs}${path.delimiter}${process.env['PATH']}` };
    const { exitCode, output, notReached } = await onTerminal(command, yes, { cwd, env });
    expect({ exitCode, notReached }).toEqual({ exitCode: 0, notReached: 0 });
    expect(output).toMatch(/\$ cd \S+\/orders-api && make setup\s+made: setup\s/);
    expect(existsSync(path.join(cwd, 'orders-api/made'))).toBe(true);
  });

  it('asks only for what is not given', async () => {
    const cwd = temporaryFolder();
    const given = ['orders-api', '--language=python', '--no-git', '--no-install', '--directory=.', '--on-call=night'];
    const run = await onTerminal([...command, ...given], [['The team that answers', `t1${enter}`]], { cwd });
    expect(run).toMatchObject({ exitCode: 0, notReached: 0 });
    expect(run.output).not.toContain('Who is called');
    expect(serviceJson(path.join(cwd, 'orders-api'))).toMatchObject({ owner: 't1', onCall: 'night' });
  });

  it('asks nothing where nothing is needed', async () => {
    const cwd = temporaryFolder();
    const run = await onTerminal([...command, 'orders-api', '--language=python', '--owner=t1'], [], { cwd });
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.output).not.toContain('?');
  });

  it('refuses a wrong flag before it asks', async () => {
    const cwd = temporaryFolder();
    const { exitCode, output } = await onTerminal([...command, 'Orders API'], [], { cwd });
    expect(exitCode).toBe(64);
    expect(output).toContain('for example orders-api');
    expect(output).not.toContain('--owner');
  });

  it.each([
    ['Ctrl-C', controlC, 0],
    ['Ctrl-C', controlC, steps.length - 1],
    ['Ctrl-D', controlD, 0],
    ['Escape', escape, 0],
  ])('writes nothing on %s instead of answer %#', async (_name, key, answered) => {
    const cwd = temporaryFolder();
    const [text = ''] = steps[answered] ?? [];
    const run = await onTerminal(command, [...steps.slice(0, answered), [text, key]], { cwd });
    expect(run).toMatchObject({ exitCode: 130, notReached: 0 });
    expect(run.output).toContain('the run was stopped (SCAFFOLD_CANCELLED). Nothing was written.');
    expect(diskBelow(cwd)).toEqual({});
  });

  it.each([
    ['a build server', { CI: 'true' }],
    ['a terminal that cannot move its cursor', { TERM: 'dumb' }],
  ])('asks nothing on %s', async (_what, env) => {
    const { exitCode, output } = await onTerminal(command, [], { cwd: temporaryFolder(), env });
    expect(exitCode).toBe(64);
    expect(output).toContain('--owner is missing');
  });

  it('asks nothing with --json', async () => {
    const { exitCode, output } = await onTerminal([...command, '--json'], [], { cwd: temporaryFolder() });
    expect(exitCode).toBe(64);
    expect(output).toContain('"code": "SCAFFOLD_ANSWERS"');
  });

  it("asks through plop's door too, and stops there with 130", async () => {
    const cwd = path.resolve(packageFolder, '../..');
    const folder = temporaryFolder();
    const run = await onTerminal(
      [...plop, '--', `--directory=${folder}`],
      steps.filter(([text]) => text !== 'The parent folder'),
      { cwd },
    );
    expect(run).toMatchObject({ exitCode: 0, notReached: 0 });
    expect(serviceJson(path.join(folder, 'orders-api'))).toMatchObject({ onCall: 'team-orders' });
    const stopped = await onTerminal(plop, [['The service, for example', controlC]], { cwd });
    expect(stopped).toMatchObject({ exitCode: 130, notReached: 0 });
  });
});
