import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { temporaryFolder } from '../testing/fixture-service.ts';

import { runCommand } from './run-command.ts';

const base = { directory: '/', env: process.env, timeoutMs: 20_000, limitBytes: 100_000 };
const run = (line: string, words: readonly string[] = [], options: Partial<typeof base> = {}) =>
  runCommand(line, words, { ...base, ...options });

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A process that has ended and that nobody has collected is still listed.
  const facts = `/proc/${pid}/stat`;
  return !existsSync(facts) || !readFileSync(facts, 'utf8').includes(') Z ');
}

/** Waits until the command has written the number of a process into a file. */
async function pidIn(file: string): Promise<number> {
  while (!existsSync(file) || readFileSync(file, 'utf8').trim() === '') await sleep(10);
  return Number(readFileSync(file, 'utf8'));
}

describe('runCommand', () => {
  it('returns both outputs and the exit code', async () => {
    const { stdout, stderr, exitCode, signal, ended } = await run('printf out; printf err >&2; exit 3');
    expect([String(stdout), String(stderr), exitCode, signal, ended]).toEqual(['out', 'err', 3, null, undefined]);
  });

  it('gives the words as arguments, whatever they hold', async () => {
    const words = ['a b', '$(echo x)', '; echo y', "'", '"', '*', ''];
    const { stdout } = await run(String.raw`printf '<%s>\n'`, words);
    expect(String(stdout)).toBe(words.map((word) => `<${word}>\n`).join(''));
  });

  it('runs in its folder and environment, and reads nothing from ours', async () => {
    const directory = temporaryFolder();
    const { stdout } = await run('pwd -P; echo "$ONE"; cat', [], { directory, env: { ...process.env, ONE: '1' } });
    expect(String(stdout)).toMatch(new RegExp(`${path.basename(directory)}\n1\n$`));
  });

  it('names the signal that ended it', async () => {
    expect(await run('kill -9 $$')).toMatchObject({ exitCode: null, signal: 'SIGKILL', ended: undefined });
  });

  it('rejects where it cannot be started', async () => {
    await expect(run('true', [], { directory: '/nowhere/at/all' })).rejects.toThrow('ENOENT');
  });

  it.each([
    ['a child', 'sleep 60 & echo $! >pid; wait'],
    ['a child that does not hear', `trap '' TERM; (trap '' TERM; exec sleep 60) & echo $! >pid; wait; sleep 60`],
    ['a child without our outputs', 'sleep 60 >/dev/null 2>&1 & echo $! >pid; sleep 60'],
  ])('ends it with %s when its time is over', { timeout: 20_000 }, async (_what, line) => {
    const directory = temporaryFolder();
    const outcome = run(`echo so far; ${line}`, [], { directory, timeoutMs: 700 });
    const pid = await pidIn(path.join(directory, 'pid'));
    expect(isAlive(pid)).toBe(true);
    const { stdout, ended } = await outcome;
    expect([String(stdout), ended]).toEqual(['so far\n', 'timeout']);
    expect(isAlive(pid)).toBe(false);
  });

  it('ends what prints without end', async () => {
    const { stdout, ended } = await run('yes');
    expect(ended).toBe('output');
    expect(stdout.length).toBeLessThanOrEqual(base.limitBytes);
    expect((await run('yes >&2')).ended).toBe('output');
  });

  it('does not wait for a process that was left behind', async () => {
    const directory = temporaryFolder();
    const begun = performance.now();
    const { stdout, exitCode, ended } = await run('sleep 60 & echo $! >pid; echo done', [], { directory });
    expect([String(stdout), exitCode, ended]).toEqual(['done\n', 0, undefined]);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(isAlive(await pidIn(path.join(directory, 'pid')))).toBe(false);
  });

  it('leaves no listener behind', async () => {
    const before = process.listenerCount('SIGTERM');
    await run('true');
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});
