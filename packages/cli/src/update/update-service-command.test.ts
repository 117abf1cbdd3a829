import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { scaffold } from 'create-seaworthy';
import { describe, expect, it, onTestFinished } from 'vitest';

import { runCli } from '../testing/run-cli.ts';

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'seaworthy-update-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function serviceIn(cwd: string, name: string): Promise<string> {
  return (await scaffold({ name, language: 'node', owner: 'team-orders', git: false }, { cwd })).target;
}

describe('seaworthy update', { timeout: 30_000 }, () => {
  it('says that a new service is up to date', async () => {
    const directory = await serviceIn(newFolder(), 'orders-api');
    const current = { exitCode: 0, stdout: expect.stringMatching(/^Up to date: /) as string, stderr: '' };
    expect(await runCli(['update'], { directory })).toEqual(current);
    expect(await runCli(['update', directory], { directory: '/' })).toEqual(current);
  });

  it('checks many services in one table, and is as bad as the worst of them', async () => {
    const folder = newFolder();
    await serviceIn(folder, 'orders-api');
    const edited = await serviceIn(folder, 'bills-api');
    writeFileSync(path.join(edited, '.seaworthy/service.schema.json'), '{}');
    mkdirSync(path.join(folder, 'services/none'));
    const services = ['services/bills-api', 'services/orders-api', 'services/none'];
    const { exitCode, stdout } = await runCli(['update', '--check', ...services], { directory: folder });
    expect(exitCode).toBe(2);
    expect(stdout.split('\n').map((line) => line.split('\t').slice(0, 2))).toEqual([
      ['services/bills-api', 'drifted'],
      ['services/orders-api', 'current'],
      ['services/none', 'cannot tell'],
      [''],
    ]);
    const first = await runCli(['update', '--check', '--json', ...services.slice(0, 2)], { directory: folder });
    expect(first.exitCode).toBe(4);
    expect(JSON.parse(first.stdout)).toMatchObject({
      services: [
        { status: 'drifted', drifted: ['.seaworthy/service.schema.json'] },
        { status: 'current', edited: 0 },
      ],
    });
  });

  it.each([
    [['--check', '--abort'], 64, 'UPDATE_ARGUMENTS'],
    [['--keep-yours'], 64, '--keep-yours: it belongs to --continue'],
    [['a', 'b'], 64, 'UPDATE_ARGUMENTS'],
    [['--force'], 64, 'CLI_USAGE'],
    [['--continue'], 2, 'UPDATE_SERVICE'],
    [['nowhere'], 2, 'UPDATE_SERVICE'],
  ])('refuses %j', async (words, exitCode, code) => {
    const answer = await runCli(['update', ...words], { directory: newFolder() });
    expect(answer).toMatchObject({ exitCode, stdout: '' });
    expect(answer.stderr).toContain(code);
  });
});
