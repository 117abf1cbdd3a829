import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../../../..');
const plop = path.join(path.dirname(createRequire(import.meta.url).resolve('plop/package.json')), 'bin/plop.js');
let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'plop-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const plopfile = `--plopfile=${path.join(repository, 'plopfile.js')}`;
  // Its input is no terminal and is at its end: a question would hang or fail here.
  const options = { cwd, input: '', encoding: 'utf8', timeout: 20_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [plop, plopfile, ...args], options);
  return { status, stdout, stderr };
}

const flags = ['--language=node', '--owner=team-orders', '--no-git'];

describe('plop service', () => {
  it('shows the tree, the time and the next three commands, relative to where the user stands', () => {
    const { status, stdout, stderr } = run('service', '--', '--name=orders-api', ...flags);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^services\/orders-api\/\n├── /);
    expect(stdout).toMatch(
      /\n\d+ files in \d+ms\.\n\nNext:\n {2}cd services\/orders-api\n {2}make setup\n {2}make dev\n$/,
    );
    expect(existsSync(path.join(cwd, 'services/orders-api/vendor'))).toBe(true);
  });

  it.each([
    ['nothing', [], ['--name is missing', '--language is missing', '--owner is missing']],
    ['a bad name', ['--', '--name=../x', ...flags], ['--name="../x": expected 2 to 40 characters']],
    ['a flag that is none', ['--', '--name=orders-api', '--colour=red', ...flags], ['--colour: there is no such flag']],
    [
      'a flag before the dashes',
      ['--name=orders-api', ...flags],
      ['our flags belong after --: npx plop service -- --name=orders-api'],
    ],
    ['a folder outside', ['--', '--name=orders-api', '--directory=../x', ...flags], ['leads out of']],
  ])('refuses %s with exit 1 and one message, and writes nothing', (_what, args, messages) => {
    const { status, stdout, stderr } = run('service', ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    for (const message of messages) expect(stderr.split(message)).toHaveLength(2);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('refuses an existing folder once', () => {
    run('service', '--', '--name=orders-api', ...flags);
    const { status, stderr } = run('service', '--', '--name=orders-api', ...flags);
    expect(status).toBe(1);
    expect(stderr.split('exists already')).toHaveLength(2);
  });

  it('explains itself', () => {
    const { status, stdout } = run('service', '--', '--help');
    expect(status).toBe(0);
    expect(stdout).toContain('--name=…');
  });
});
