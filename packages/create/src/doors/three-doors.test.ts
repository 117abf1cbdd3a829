import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { stubGitConfig } from '../../fixtures/git.ts';
import { projectWithPackedPackage } from '../../fixtures/packed-package.ts';
import { onTerminal } from '../../fixtures/pseudo-terminal.ts';
import { runProgram, type Ended } from '../../fixtures/run-program.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { scaffold } from '../scaffold.ts';

const packageFolder = path.resolve(import.meta.dirname, '../..');
const repository = path.resolve(packageFolder, '../..');
const vendor = path.join(packageFolder, 'vendor');
const options = JSON.stringify({ vendorDirectory: vendor });
const plopfiles = {
  'plopfile.js': `export default async function (plop) {
  await plop.load('create-seaworthy', ${options});
}
`,
  'plopfile.cjs': `module.exports = async function (plop) {
  await plop.load('create-seaworthy', ${options});
};
`,
  'plopfile.ts': `import type { NodePlopAPI } from 'plop';

export default async function (plop: NodePlopAPI): Promise<void> {
  await plop.load('create-seaworthy', ${options});
}
`,
} as const;
const plopfileNames = Object.keys(plopfiles) as readonly (keyof typeof plopfiles)[];

/** Paths, modes and bytes of a service. */
function treeOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.map((file) => [
      path.relative(folder, file),
      `${statSync(file).mode.toString(8)} ${readFileSync(file, 'latin1')}`,
    ]),
  );
}

let project = '';
beforeAll(() => {
  project = projectWithPackedPackage();
});
afterAll(() => rmSync(project, { recursive: true, force: true }));
beforeEach(() => stubGitConfig());

function flagsFor(language: string, parent: string): string[] {
  return ['--name=orders-api', `--language=${language}`, '--owner=team-orders', '--no-git', `--directory=${parent}`];
}

function loaded(plopfile: keyof typeof plopfiles, args: readonly string[]): Promise<Ended> {
  for (const name of plopfileNames) rmSync(path.join(project, name), { force: true });
  writeFileSync(path.join(project, plopfile), plopfiles[plopfile]);
  return runProgram(['node_modules/plop/bin/plop.js', ...args], { cwd: project, env: { NODE_ENV: undefined } });
}

/** Plop's own spinner, which only a plopfile can switch off. */
function withoutSpinner(stderr: string): string {
  return stripVTControlCharacters(stderr).replace(/^- \n✔ {2}-> orders-api is ready\n- \n$/, '');
}

/** Each door with its own way to be opened; every one writes into a folder that it is given. */
const doors: Readonly<Record<string, (language: string, parent: string) => Promise<Partial<Ended>>>> = {
  'plop here': (language, parent) =>
    runProgram(['node_modules/plop/bin/plop.js', 'service', '--', ...flagsFor(language, parent)], { cwd: repository }),
  'plop with a JavaScript plopfile': (language, parent) =>
    loaded('plopfile.js', ['service', '--', ...flagsFor(language, parent)]),
  'plop with a CommonJS plopfile': (language, parent) =>
    loaded('plopfile.cjs', ['service', '--', ...flagsFor(language, parent)]),
  'plop with a TypeScript plopfile': (language, parent) =>
    loaded('plopfile.ts', ['service', '--', ...flagsFor(language, parent)]),
  'the command': (language, parent) =>
    runProgram(
      ['node_modules/create-seaworthy/bin/create-seaworthy.js', ...flagsFor(language, parent), `--vendor=${vendor}`],
      { cwd: project },
    ),
  code: async (language, directory) => {
    const answers = { name: 'orders-api', language, owner: 'team-orders', git: false, directory };
    await scaffold(answers, {
      archive: path.join(packageFolder, `dist/${language}-service.tgz`),
      vendorDirectory: vendor,
    });
    return { exitCode: 0, stderr: '' };
  },
};

describe('the doors', { timeout: 60_000 }, () => {
  it.each(['node', 'python'])('give the same %s service, byte for byte', async (language) => {
    const trees: Record<string, string>[] = [];
    for (const open of Object.values(doors)) {
      const parent = temporaryFolder();
      const { exitCode, stderr = '' } = await open(language, parent);
      expect({ exitCode, stderr: withoutSpinner(stderr) }).toEqual({ exitCode: 0, stderr: '' });
      expect(readdirSync(parent)).toEqual(['orders-api']);
      trees.push(treeOf(path.join(parent, 'orders-api')));
    }
    expect(Object.keys(trees[0] ?? {}).length).toBeGreaterThan(100);
    for (const tree of trees) expect(tree).toEqual(trees[0]);
  });
});

describe('the README', { timeout: 60_000 }, () => {
  it('begins with a command that works where the package is installed', () => {
    const [, command = ''] =
      /```sh\n(npx create-seaworthy .+)\n```/.exec(readFileSync(path.join(packageFolder, 'README.md'), 'utf8')) ?? [];
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: project, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(path.join(project, 'orders-api'))).toContain('RUNBOOK.md');
  });
});

describe('a plopfile of somebody else', { timeout: 30_000 }, () => {
  it.each(plopfileNames)('has help, refuses and writes nothing: %s', async (plopfile) => {
    const help = await loaded(plopfile, ['service', '--', '--help']);
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    expect(help.stdout).toContain('npx plop service -- --name=orders-api');
    const before = readdirSync(project);
    const refused = await loaded(plopfile, ['service', '--', '--name=Orders API']);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('for example orders-api');
    expect(refused.stderr.split('\n')).toHaveLength(5);
    expect(readdirSync(project).filter((name) => !name.startsWith('plopfile'))).toEqual(
      before.filter((name) => !name.startsWith('plopfile')),
    );
  });

  it.each(plopfileNames)('says on a dry run that nothing was written: %s', async (plopfile) => {
    const parent = temporaryFolder();
    const run = await loaded(plopfile, ['service', '--', ...flagsFor('python', parent), '--dry-run']);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/\n\d+ files would be written\. Nothing was\.\n$/);
    expect(stripVTControlCharacters(run.stderr)).toBe('- \n✔  -> nothing was written\n- \n');
    expect(readdirSync(parent)).toEqual([]);
  });

  it('prints plan and result as one document', async () => {
    const flags = [...flagsFor('python', temporaryFolder()), '--json', '--dry-run'];
    const { exitCode, stdout } = await loaded('plopfile.js', ['service', '--', ...flags]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'scaffold/1', result: { written: false } });
  });

  it('ends on a terminal without a size, where the spinner of plop would not', async () => {
    writeFileSync(path.join(project, 'plopfile.js'), plopfiles['plopfile.js']);
    const command = [process.execPath, 'node_modules/plop/bin/plop.js', 'service', '--'];
    const parent = temporaryFolder();
    const env = { NODE_ENV: undefined };
    const run = await onTerminal([...command, ...flagsFor('python', parent)], [], { cwd: project, env });
    expect(run.exitCode).toBe(0);
    expect(run.output.length).toBeLessThan(40_000);
    expect(readdirSync(parent)).toEqual(['orders-api']);
  });

  it('gives the generator another name', async () => {
    const folder = path.join(project, 'named');
    mkdirSync(folder);
    const file = path.join(folder, 'plopfile.js');
    writeFileSync(file, plopfiles['plopfile.js'].replace('{"vendor', '{"generator":"backend","vendor'));
    const run = (...args: string[]) =>
      runProgram(['../node_modules/plop/bin/plop.js', ...args], { cwd: folder, env: { NODE_ENV: undefined } });
    const { stdout } = await run('backend', '--', '--help');
    expect(stdout).toContain('npx plop backend -- --name=orders-api');
    expect(await run('backend', '--', ...flagsFor('python', folder))).toMatchObject({ exitCode: 0 });
    expect(readdirSync(folder)).toContain('orders-api');
  });
});
