import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { gitIn } from '../../fixtures/git.ts';
import { templateArchive } from '../../fixtures/templates.ts';
import { diskBelow, diskWithModes, temporaryFolder } from '../../fixtures/temporary-folder.ts';
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
    const { compared, ...comparison } = await compare();
    expect(comparison).toEqual({ differing: [], diff: '', updateAvailable: false, notes: [] });
    const files = Object.values(diskBelow(service)).filter((contents) => contents !== 'folder');
    // The record is none of them.
    expect(compared).toBe(files.length - 2);
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
    without('.seaworthy/base.tgz');
    writeFileSync(path.join(service, 'ours.md'), 'ours\n');
    expect(await compare()).toMatchObject({ differing: [], diff: '', notes: [] });
  });

  it('says what it did not compare', async () => {
    without('Makefile');
    symlinkSync('elsewhere', path.join(service, 'Makefile'));
    expect(await compare()).toMatchObject({
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

  it("counts as gone what a former version wrote and today's would not", async () => {
    archive = templateArchive({ 'README.md': extra['README.md'], Makefile: extra.Makefile });
    const { differing, diff, updateAvailable } = await compare();
    expect({ differing, updateAvailable }).toEqual({ differing: ['Dockerfile'], updateAvailable: true });
    expect(diff).toContain('deleted file mode 100644\n--- a/Dockerfile\n+++ /dev/null\n');
  });

  it('names binary files without their bytes', async () => {
    writeFileSync(path.join(service, 'Makefile'), Buffer.from([0, 1]));
    expect((await compare()).diff).toContain('Binary files a/Makefile and b/Makefile differ\n');
  });

  it('is made on the terms that the service was written on, wherever it lies', async () => {
    // A service made outside any repository has the tag prefix v, also when it is looked at inside one, through a link.
    const around = temporaryFolder();
    gitIn(around, 'init', '--quiet');
    mkdirSync(path.join(around, 'services'));
    symlinkSync(service, path.join(around, 'services/orders-api'));
    const { comparison } = await scaffold(answers, { cwd: around, archive, dryRun: true });
    expect(comparison?.differing).toEqual([]);
  });

  it('compares a service that brings its own Node on any host', async () => {
    const node = { ...answers, language: 'node', name: 'node-api' };
    await scaffold(node, { cwd, archive, hostNode: 'v20.19.0' });
    const { comparison } = await scaffold(node, { cwd, archive, hostNode: 'v24.0.0', dryRun: true });
    expect(comparison?.differing).toEqual([]);
  });

  it('refuses what is no service, and one of another template', async () => {
    const other = scaffold({ ...answers, language: 'node' }, { cwd, archive, dryRun: true });
    await expect(other).rejects.toThrow(/SCAFFOLD_TARGET[^]*a service of the python template; .*--language=python/);
    rmSync(path.join(service, '.seaworthy'), { recursive: true });
    await expect(compare()).rejects.toMatchObject({ code: 'SCAFFOLD_TARGET' });
  });

  it('refuses a record that cannot be used, and an update that has not ended', async () => {
    const pending = { from: '1.0.0', to: '1.1.0', conflicts: [{ file: 'README.md' }] };
    mkdirSync(path.join(service, '.seaworthy/update'));
    writeFileSync(path.join(service, '.seaworthy/update/pending.json'), JSON.stringify(pending));
    await expect(compare()).rejects.toMatchObject({ code: 'UPDATE_PENDING' });
    writeFileSync(path.join(service, '.seaworthy/state.json'), '{}');
    await expect(compare()).rejects.toMatchObject({ code: 'UPDATE_STATE' });
  });
});
