import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { gitIn } from '../../fixtures/git.ts';
import { templateArchive } from '../../fixtures/templates.ts';
import { diskWithModes, temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { scaffold } from '../scaffold.ts';

const answers = { name: 'orders-api', language: 'python', owner: 'team-orders', git: false };

const extra = {
  Dockerfile: 'FROM x\n',
  Makefile: 'dev:\n',
  'README.md': '# Orders\n\nRead me.\n',
};

describe('a dry run over a service', () => {
  let archive: string;
  let cwd: string;
  let service: string;

  beforeEach(async () => {
    archive = templateArchive(extra);
    cwd = temporaryFolder();
    service = (await scaffold(answers, { cwd, archive })).target;
  });

  async function compare(changed: Readonly<Record<string, unknown>> = {}) {
    const before = diskWithModes(service);
    const result = await scaffold({ ...answers, ...changed }, { cwd, archive, dryRun: true });
    expect(result.written).toBe(false);
    expect(diskWithModes(service)).toEqual(before);
    if (result.comparison === undefined) throw new Error('nothing was compared');
    return result.comparison;
  }

  const without = (file: string) => rmSync(path.join(service, file));

  it('finds no difference in one that was just written', async () => {
    expect(await compare()).toEqual({ differing: [], diff: '', notes: [] });
  });

  it('gives a diff that makes the service what it would be written as', async () => {
    const fresh = diskWithModes(service);
    appendFileSync(path.join(service, 'Makefile'), '\nours:\n\techo ours\n');
    chmodSync(path.join(service, 'README.md'), 0o755);
    without('Dockerfile');
    writeFileSync(path.join(service, '.gitignore'), 'no newline at its end');
    const { differing, diff } = await compare();
    expect(differing).toEqual(['.gitignore', 'Dockerfile', 'Makefile', 'README.md']);
    const patch = path.join(cwd, 'patch');
    writeFileSync(patch, diff);
    gitIn(service, 'init', '--quiet');
    gitIn(service, 'apply', patch);
    rmSync(path.join(service, '.git'), { recursive: true });
    expect(diskWithModes(service)).toEqual(fresh);
  });

  it('shows what other answers would change', async () => {
    const { differing, diff } = await compare({ owner: 'team-checkout' });
    expect(differing).toContain('service.json');
    expect(diff).toMatch(/^-.*team-orders/m);
    expect(diff).toMatch(/^\+.*team-checkout/m);
  });

  it('leaves out line ends, the record, and what only the service has', async () => {
    const readme = path.join(service, 'README.md');
    writeFileSync(readme, `\uFEFF${readFileSync(readme, 'utf8').replaceAll('\n', '\r\n')}`);
    writeFileSync(path.join(service, '.seaworthy/state.json'), '{}');
    without('.seaworthy/base.tgz');
    writeFileSync(path.join(service, 'ours.md'), 'ours\n');
    expect(await compare()).toEqual({ differing: [], diff: '', notes: [] });
  });

  it('says what it did not compare', async () => {
    without('Makefile');
    symlinkSync('elsewhere', path.join(service, 'Makefile'));
    expect(await compare()).toEqual({
      differing: [],
      diff: '',
      notes: ['Makefile: not compared, as Makefile is a link'],
    });
  });

  it('takes a folder in the place of a file for a file that is missing', async () => {
    without('Dockerfile');
    mkdirSync(path.join(service, 'Dockerfile'));
    writeFileSync(path.join(service, 'Dockerfile/part'), 'ours\n');
    const { differing, diff } = await compare();
    expect(differing).toEqual(['Dockerfile']);
    expect(diff).toContain('--- /dev/null\n+++ b/Dockerfile\n');
  });

  it('refuses what is no service', async () => {
    rmSync(path.join(service, '.seaworthy'), { recursive: true });
    await expect(scaffold(answers, { cwd, archive, dryRun: true })).rejects.toMatchObject({ code: 'SCAFFOLD_TARGET' });
  });
});
