import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { publishedPackages } from '../../scripts/published-packages.ts';
import { lockFileProblems, type LockFile } from './lock-file.ts';

const repository = path.resolve(import.meta.dirname, '../..');
let folder: string;

function write(file: string, contents: unknown): void {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, typeof contents === 'string' ? contents : JSON.stringify(contents));
}

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@localhost', ...args], { cwd: folder, stdio: 'pipe' });

function commit(): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'a change');
}

function run(script: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync('node', [script, ...args], { cwd: folder, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

const changesetFor = (...names: string[]) => `---\n${names.map((name) => `"${name}": patch\n`).join('')}---\n\nText.\n`;

describe('npm run check:changesets', { timeout: 30_000 }, () => {
  const check = (...args: string[]) => run(path.join(repository, 'scripts/check-changesets.ts'), ...args);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'changesets-'));
    write('package.json', { name: 'root', private: true, workspaces: ['packages/*'], packageManager: 'npm@11.19.1' });
    write('package-lock.json', { name: 'root', lockfileVersion: 3, packages: {} });
    for (const [place, name] of Object.entries({ create: 'create-seaworthy', jobs: '@seaworthy/jobs' })) {
      write(`packages/${place}/package.json`, { name, version: '0.0.0' });
      write(`packages/${place}/src/index.ts`, 'export {};\n');
    }
    write('templates/node-service/Makefile', 'dev:\n');
    const config = readFileSync(path.join(repository, '.changeset/config.json'), 'utf8');
    write('.changeset/config.json', { ...(JSON.parse(config) as object), ignore: [] });
    git('init', '--quiet', '--initial-branch=main');
    commit();
    git('checkout', '--quiet', '-b', 'topic');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is content where nothing that ships has changed', () => {
    write('README.md', 'Words.\n');
    commit();
    expect(check('--since=main')).toMatchObject({ status: 0 });
  });

  it('refuses a changed package and a changed template, with their files and the way on', () => {
    write('packages/jobs/src/index.ts', 'export const a = 1;\n');
    write('templates/node-service/Makefile', 'dev: run\n');
    commit();
    const { status, output } = check('--since=main');
    expect(status).toBe(1);
    expect(output).toContain('@seaworthy/jobs: packages/jobs/src/index.ts');
    expect(output).toContain('create-seaworthy: templates/node-service/Makefile');
    expect(output).toContain('npx changeset --empty');
  });

  it('refuses what `changeset status` lets through: one changeset where two packages changed', () => {
    write('packages/jobs/src/index.ts', 'export const a = 1;\n');
    write('packages/create/src/index.ts', 'export const a = 1;\n');
    write('.changeset/one.md', changesetFor('@seaworthy/jobs'));
    commit();
    const { status, output } = check('--since=main');
    expect([status, output.includes('create-seaworthy: packages/create/src/index.ts')]).toEqual([1, true]);
  });

  it('is content with a changeset for each', () => {
    write('packages/jobs/src/index.ts', 'export const a = 1;\n');
    write('templates/node-service/Makefile', 'dev: run\n');
    write('.changeset/both.md', changesetFor('@seaworthy/jobs', 'create-seaworthy'));
    commit();
    expect(check('--since=main')).toMatchObject({ status: 0 });
  });

  it('is content with an empty one', () => {
    write('packages/jobs/src/index.ts', '// A better word.\nexport {};\n');
    write('.changeset/empty.md', '---\n---\n');
    commit();
    expect(check('--since=main')).toMatchObject({ status: 0 });
  });

  it('does not take a changeset that was there before', () => {
    git('checkout', '--quiet', 'main');
    write('.changeset/before.md', changesetFor('@seaworthy/jobs'));
    commit();
    git('checkout', '--quiet', '-B', 'topic');
    write('packages/jobs/src/index.ts', 'export const a = 1;\n');
    commit();
    expect(check('--since=main')).toMatchObject({ status: 1 });
  });

  it('refuses a changeset that names no package of ours', () => {
    write('.changeset/unknown.md', changesetFor('@seaworthy/job'));
    commit();
    const { status, output } = check('--since=main');
    expect([status, output.includes('@seaworthy/job')]).toEqual([1, true]);
  });

  it('says that changeset status reads commits, where the changeset is not committed yet', () => {
    write('packages/jobs/src/index.ts', 'export const a = 1;\n');
    commit();
    write('.changeset/one.md', changesetFor('@seaworthy/jobs'));
    const { status, output } = check('--since=main');
    expect([status, output.includes('commit yours, then run this again')]).toEqual([1, true]);
  });

  it.each([
    ['an unknown base', 1, '--since=nowhere', 'fetch-depth: 0'],
    ['no base', 64, '--since=', 'expected a commit or a branch'],
    ['a base that is an option', 64, '--since=--all', 'expected a commit or a branch'],
    ['a flag that it does not have', 64, '--sinse=main', '--since=origin/main'],
  ])('refuses %s', (_what, exitCode, argument, words) => {
    const { status, output } = check(argument);
    expect([status, output.includes(words)], output).toEqual([exitCode, true]);
  });
});

describe('npm run version-packages, in a copy of this repository', () => {
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  const json = (file: string) => JSON.parse(read(file)) as Record<string, Record<string, string>>;
  const status = () => git('status', '--porcelain').toString();
  const next = (version: string, part: 'minor' | 'patch') => {
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
    return part === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
  };
  const expected: Record<string, string> = Object.fromEntries(
    publishedPackages().map(({ manifest }) => [manifest.name, next(manifest.version, 'minor')]),
  );
  let output: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'versions-'));
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: repository,
      encoding: 'utf8',
    });
    // Sources of packages, tests and benchmarks play no part in a version; what is installed and built is the same in the copy.
    const files = listed
      .split('\0')
      .filter((file) => file !== '' && !/^(bench|tests|packages\/[a-z-]+\/src)\//.test(file));
    for (const file of files.filter((name) => existsSync(path.join(repository, name))))
      cpSync(path.join(repository, file), path.join(folder, file));
    const packages = readdirSync(path.join(repository, 'packages')).map((name) => `packages/${name}`);
    for (const place of ['.', 'templates/node-service', ...packages]) {
      const installed = path.join(repository, place, 'node_modules');
      if (existsSync(installed)) symlinkSync(installed, path.join(folder, place, 'node_modules'));
      const built = path.join(repository, place, 'dist');
      if (existsSync(built)) cpSync(built, path.join(folder, place, 'dist'), { recursive: true });
    }
    writeFileSync(path.join(folder, '.gitignore'), `${read('.gitignore')}node_modules\n`);
    // Whatever waits for the next release, and whatever the last one was.
    for (const file of readdirSync(path.join(folder, '.changeset')).filter((name) => name.endsWith('.md')))
      rmSync(path.join(folder, '.changeset', file));
    const names = publishedPackages(folder).map(({ manifest }) => `"${manifest.name}": minor\n`);
    write('.changeset/all.md', `---\n${names.join('')}---\n\nA feature.\n`);
    git('init', '--quiet', '--initial-branch=main');
    commit();
    output = run('scripts/version-packages.ts').output;
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

  it('gives every published package its next version, and a changelog', () => {
    const versions = Object.fromEntries(
      publishedPackages(folder).map(({ manifest }) => [manifest.name, manifest.version]),
    );
    expect(versions, output).toEqual(expected);
    for (const { directory, manifest } of publishedPackages(folder))
      expect(readFileSync(path.join(directory, 'CHANGELOG.md'), 'utf8')).toMatch(
        new RegExp(`^# ${manifest.name}\n\n## ${manifest.version}\n`),
      );
  });

  it('takes the new versions over wherever a sibling is named', () => {
    const named = ['package.json', 'packages/cli/package.json', 'templates/node-service/package.json'].flatMap(
      (file) => {
        const { dependencies, devDependencies } = json(file);
        return Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) => /seaworthy/.test(name));
      },
    );
    expect(named.length).toBeGreaterThan(8);
    const ours = named.filter(([name]) => name !== '@seaworthy/test-servers');
    expect(ours).toEqual(ours.map(([name]) => [name, expected[name]]));
  });

  it('leaves a lock file that npm ci takes, without a changeset and without an address', () => {
    const lock = JSON.parse(read('package-lock.json')) as LockFile & { packages: Record<string, { version?: string }> };
    expect(lock.packages['packages/jobs']?.version).toBe(expected['@seaworthy/jobs']);
    expect(lockFileProblems(lock)).toEqual([]);
    expect(readdirSync(path.join(folder, '.changeset'))).toEqual(['config.json']);
  });

  it('changes nothing but versions, changelogs and the lock, and keeps the layout of the manifests', () => {
    const changed = status()
      .split('\n')
      .filter(Boolean)
      .map((line) => line.slice(3));
    const mayChange =
      /^(\.changeset\/.*\.md|packages\/[a-z-]+\/(package\.json|CHANGELOG\.md)|package(-lock)?\.json|templates\/node-service\/package\.json)$/;
    expect(changed.filter((file) => !mayChange.test(file))).toEqual([]);
    const lines = git('diff', '--numstat', 'package.json').toString().split('\t');
    expect(Number(lines[0])).toBeLessThan(10);
  });

  it(
    'releases the scaffolder with every package that it pins, and nothing without a changeset',
    { timeout: 60_000 },
    () => {
      commit();
      const quiet = run('scripts/version-packages.ts');
      expect([quiet.status, status(), quiet.output.includes('nothing was changed')]).toEqual([0, '', true]);
      write('.changeset/fix.md', changesetFor('@seaworthy/jobs'));
      commit();
      expect(run('scripts/version-packages.ts').status).toBe(0);
      expect(json('packages/jobs/package.json')['version']).toBe(next(expected['@seaworthy/jobs'] ?? '', 'patch'));
      expect(json('packages/create/package.json')['version']).toBe(next(expected['create-seaworthy'] ?? '', 'patch'));
      expect(read('packages/create/CHANGELOG.md')).toContain('A new service starts with the newest `@seaworthy/jobs`.');
      expect(json('packages/preset/package.json')['version']).toBe(expected['@seaworthy/preset']);
    },
  );
});
