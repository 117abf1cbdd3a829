// The guide is run, command by command, on a service of the real template; and both templates go the same way.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type * as create from 'create-seaworthy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { installRelease } from '../../scripts/released-scaffolder.ts';

const guide = readFileSync(path.resolve(import.meta.dirname, '../../docs/updating-a-service.md'), 'utf8');
const sessions = [...guide.matchAll(/^(`{3,4})console\n([^]*?)^\1$/gm)].map(([, , session = '']) => session);
const folder = mkdtempSync(path.join(tmpdir(), 'seaworthy-guide-'));
const release = {
  '.gitignore': (text: string) => `${text}*.tmp\n`,
  'README.md': (text: string) => text.replace('```sh\nmake setup\n', 'On a new machine, first:\n\n```sh\nmake setup\n'),
  'service.json': (text: string) => text.replace('"everyDays": 90', '"everyDays": 60'),
};
let program = '';

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

/** A service that was made at 1.0.0 and edited since, as the guide tells. */
function editedService(language: string, name: string): string {
  const directory = path.join(folder, name);
  cpSync(path.join(folder, language, 'orders-api'), directory, { recursive: true });
  edit(path.join(directory, 'README.md'), (text) => `${text}\nAsk team-orders before a sale.\n`);
  edit(path.join(directory, 'service.json'), (text) => text.replace('"everyDays": 90', '"everyDays": 30'));
  return directory;
}

function update(directory: string, ...flags: readonly string[]) {
  return spawnSync('node', [program, 'update', ...flags], { cwd: directory, encoding: 'utf8' });
}

/** Types the session into a shell; stdout and stderr come as they would on a screen. */
function play(session: string, cwd: string): string {
  const commands = session.split('\n').filter((line) => line.startsWith('$ '));
  const typed = commands.map(
    (line) => `printf '%s\\n' '${line.replaceAll("'", String.raw`'\''`)}'; (exit $last)\n${line.slice(2)}\nlast=$?`,
  );
  const env = { ...process.env, PATH: `${path.join(folder, 'bin')}:${process.env['PATH']}` };
  return spawnSync('sh', ['-c', `exec 2>&1\nlast=0\n${typed.join('\n')}`], { cwd, env, encoding: 'utf8' }).stdout;
}

beforeAll(async () => {
  const before = installRelease(path.join(folder, 'old'), '1.0.0', {});
  program = installRelease(path.join(folder, 'new'), '1.1.0', release);
  const { scaffold } = (await import(path.join(path.dirname(before), '../dist/index.js'))) as typeof create;
  for (const language of ['node', 'python'])
    await scaffold(
      { name: 'orders-api', language, owner: 'team-orders', git: false, directory: language },
      { cwd: folder },
    );
  // What is installed answers, as it does where npx finds a package of that name; tests/release asks a registry.
  const npx = path.join(folder, 'bin/npx');
  mkdirSync(path.dirname(npx));
  writeFileSync(npx, `#!/bin/sh\nshift\nexec node '${program}' "$@"\n`);
  chmodSync(npx, 0o755);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('docs/updating-a-service.md', { timeout: 60_000 }, () => {
  it('shows what its commands print, from the check to the end', () => {
    const service = editedService('python', 'told');
    expect(sessions).toHaveLength(7);
    for (const session of sessions.slice(0, -1)) expect(play(session, service)).toBe(session);
    expect(readFileSync(path.join(service, 'README.md'), 'utf8')).toMatch(/On a new machine[^]*Ask team-orders/);
  });

  it('shows how an update is taken back', () => {
    const service = editedService('python', 'aborted');
    const before = readFileSync(path.join(service, 'service.json'), 'utf8');
    expect(update(service).status).toBe(5);
    expect(play(sessions.at(-1) ?? '', service)).toBe(sessions.at(-1));
    expect(readFileSync(path.join(service, 'service.json'), 'utf8')).toBe(before);
  });

  it('begins where a new service would be written over one that is there', () => {
    const service = editedService('python', "over/team's services/orders-api");
    const answers = ['orders-api', '--language=python', '--owner=team-orders'];
    const createOver = (...flags: readonly string[]) =>
      spawnSync('node', [program, ...answers, ...flags], { cwd: path.dirname(service), encoding: 'utf8' });
    const over = createOver();
    expect([over.status, over.stdout]).toEqual([1, '']);
    const named = /is a service already; .*: (npx create-seaworthy update --dry-run .*)\n/.exec(over.stderr)?.[1] ?? '';
    const compared = createOver('--dry-run');
    expect([compared.status, compared.stderr]).toEqual([0, '']);
    expect(compared.stdout).toMatch(/^diff --git a\/README\.md b\/README\.md\n/m);
    expect(compared.stdout).toContain(`: ${named}\n`);
    expect(play(`$ ${named}\n`, folder)).toMatch(
      /diff --git a\/README\.md b\/README\.md\n[^]*Nothing was written\.\n$/,
    );
  });

  it('names the targets it sends to', () => {
    for (const language of ['node', 'python']) {
      const makefile = readFileSync(path.join(folder, language, 'orders-api/Makefile'), 'utf8');
      for (const target of ['lock', 'setup', 'lint', 'test']) expect(makefile).toMatch(new RegExp(`^${target}:`, 'm'));
    }
  });
});

describe.each(['node', 'python'])('a service of the %s template', (language) => {
  it('goes through scaffold, edit, template change and update', { timeout: 60_000 }, () => {
    const service = editedService(language, `${language}-edited`);
    edit(path.join(service, 'Makefile'), (text) => `${text}\nours:\n\techo ours\n`);
    expect(update(service, '--check').status).toBe(3);
    const updated = update(service, '--json');
    expect(updated.status).toBe(5);
    const result = JSON.parse(updated.stdout) as { conflicts: unknown; removed: unknown; written: string[] };
    expect(result).toMatchObject({ conflicts: [{ file: 'service.json' }], removed: [] });
    expect(new Set(result.written)).toEqual(new Set(['.gitignore', 'README.md', 'service.json']));
    edit(path.join(service, 'service.json'), (text) =>
      text.replace(/<{7} yours\n([^]*?)\|{7}[^]*>{7} template\n/, '$1'),
    );
    expect(update(service, '--continue')).toMatchObject({ status: 0, stderr: '' });
    expect(update(service, '--check', '--json').status).toBe(0);
    expect(readFileSync(path.join(service, 'RUNBOOK.md'), 'utf8')).toContain('every 30 days');
    expect(readFileSync(path.join(service, 'Makefile'), 'utf8')).toContain('ours:\n');
  });

  it('that nobody edited ends as one that is made today', { timeout: 60_000 }, async () => {
    const service = path.join(folder, language, 'orders-api');
    const updated = path.join(folder, `${language}-plain`);
    cpSync(service, updated, { recursive: true });
    expect(update(updated).status).toBe(0);
    const today = path.join(folder, `${language}-today`);
    const { scaffold } = (await import(path.join(folder, 'new/dist/index.js'))) as typeof create;
    const answers = { name: 'orders-api', language, owner: 'team-orders', git: false, directory: today };
    await scaffold(answers, { cwd: folder });
    const difference = spawnSync('diff', ['-r', path.join(today, 'orders-api'), updated], { encoding: 'utf8' });
    expect([difference.stdout, difference.status]).toEqual(['', 0]);
  });
});
