import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { publishedPackages } from '../../scripts/published-packages.ts';
import { presentFiles } from '../present-files.ts';

import { changesetFor, gitFolder, type GitFolder } from './git-folder.ts';
import { lockFileProblems, type LockFile } from './lock-file.ts';

const repository = path.resolve(import.meta.dirname, '../..');

describe('npm run version-packages, in a copy of this repository', () => {
  let copy: GitFolder;
  let folder: string;
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  const json = (file: string) => JSON.parse(read(file)) as Record<string, Record<string, string>>;
  const status = () => copy.git('status', '--porcelain');
  const next = (version: string, part: 'minor' | 'patch') => {
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
    return part === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
  };
  const expected: Record<string, string> = Object.fromEntries(
    publishedPackages().map(({ manifest }) => [manifest.name, next(manifest.version, 'minor')]),
  );
  let output: string;

  beforeAll(() => {
    copy = gitFolder('versions-');
    ({ folder } = copy);
    // Sources that are built, tests and benchmarks play no part in a version; what is installed and built is the same in the copy.
    const sources = /^(bench|tests|packages\/(?!preset\/)[a-z-]+\/src)\//;
    for (const file of presentFiles(repository).filter((name) => !sources.test(name)))
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
    const names = publishedPackages(folder).map(({ manifest }) => manifest.name);
    copy.write('.changeset/all.md', changesetFor(names, 'minor'));
    copy.git('init', '--quiet', '--template=', '--initial-branch=main');
    copy.commit();
    output = copy.run('scripts/version-packages.ts').output;
  }, 120_000);
  afterAll(() => copy.remove(), 60_000);

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
    const lines = copy.git('diff', '--numstat', 'package.json').split('\t');
    expect(Number(lines[0])).toBeLessThan(10);
  });

  it(
    'releases the scaffolder with every package that it pins, and nothing without a changeset',
    { timeout: 60_000 },
    () => {
      copy.commit();
      const quiet = copy.run('scripts/version-packages.ts');
      expect([quiet.status, status(), quiet.output.includes('nothing was changed')]).toEqual([0, '', true]);
      copy.write('.changeset/fix.md', changesetFor(['@seaworthy/jobs']));
      copy.commit();
      const again = copy.run('scripts/version-packages.ts');
      expect(again.status, again.output).toBe(0);
      expect(json('packages/jobs/package.json')['version']).toBe(next(expected['@seaworthy/jobs'] ?? '', 'patch'));
      expect(json('packages/create/package.json')['version']).toBe(next(expected['create-seaworthy'] ?? '', 'patch'));
      expect(read('packages/create/CHANGELOG.md')).toContain('A new service starts with the newest `@seaworthy/jobs`.');
      expect(json('packages/preset/package.json')['version']).toBe(expected['@seaworthy/preset']);
    },
  );
});
