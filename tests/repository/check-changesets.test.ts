import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { changesetFor, gitFolder, type GitFolder } from './git-folder.ts';

const repository = path.resolve(import.meta.dirname, '../..');

describe('npm run check:changesets', { timeout: 30_000 }, () => {
  let base: GitFolder;
  let topic: GitFolder;
  const check = (...args: string[]) => topic.run(path.join(repository, 'scripts/check-changesets.ts'), ...args);

  // Made once, and copied for each test: most of the time would go into git otherwise.
  beforeAll(() => {
    base = gitFolder('changesets-');
    base.write('package.json', {
      name: 'root',
      private: true,
      workspaces: ['packages/*'],
      packageManager: 'npm@11.19.1',
    });
    base.write('package-lock.json', { name: 'root', lockfileVersion: 3, packages: {} });
    for (const [place, name] of Object.entries({ create: 'create-seaworthy', jobs: '@seaworthy/jobs' })) {
      base.write(`packages/${place}/package.json`, { name, version: '0.0.0' });
      base.write(`packages/${place}/src/index.ts`, 'export {};\n');
    }
    base.write('templates/node-service/Makefile', 'dev:\n');
    const config = readFileSync(path.join(repository, '.changeset/config.json'), 'utf8');
    base.write('.changeset/config.json', { ...(JSON.parse(config) as object), ignore: [] });
    base.git('init', '--quiet', '--template=', '--initial-branch=main');
    base.commit();
    base.git('checkout', '--quiet', '-b', 'topic');
  });
  afterAll(() => base.remove());
  beforeEach(() => {
    topic = gitFolder('changesets-');
    cpSync(base.folder, topic.folder, { recursive: true });
  });
  afterEach(() => topic.remove());

  it('is content where nothing that ships has changed', () => {
    topic.write('README.md', 'Words.\n');
    topic.commit();
    expect(check('--since=main')).toMatchObject({ status: 0 });
  });

  it('refuses a changed package and a changed template, with their files and the way on', () => {
    topic.write('packages/jobs/src/index.ts', 'export const a = 1;\n');
    topic.write('templates/node-service/Makefile', 'dev: run\n');
    topic.commit();
    const { status, output } = check('--since=main');
    expect(status).toBe(1);
    expect(output).toContain('@seaworthy/jobs: packages/jobs/src/index.ts');
    expect(output).toContain('create-seaworthy: templates/node-service/Makefile');
    expect(output).toContain('npx changeset --empty');
  });

  it('refuses what `changeset status` lets through: one changeset where two packages changed', () => {
    topic.write('packages/jobs/src/index.ts', 'export const a = 1;\n');
    topic.write('packages/create/src/index.ts', 'export const a = 1;\n');
    topic.write('.changeset/one.md', changesetFor(['@seaworthy/jobs']));
    topic.commit();
    const { status, output } = check('--since=main');
    expect([status, output.includes('create-seaworthy: packages/create/src/index.ts')]).toEqual([1, true]);
  });

  it('is content with a changeset for each', () => {
    topic.write('packages/jobs/src/index.ts', 'export const a = 1;\n');
    topic.write('templates/node-service/Makefile', 'dev: run\n');
    topic.write('.changeset/both.md', changesetFor(['@seaworthy/jobs', 'create-seaworthy']));
    topic.commit();
    expect(check('--since=main')).toMatchObject({ status: 0 });
  });

  it('is content with an empty one', () => {
    topic.write('packages/jobs/src/index.ts', '// A better word.\nexport {};\n');
    topic.write('.changeset/empty.md', '---\n---\n');
    topic.commit();
    expect(check('--since=main')).toMatchObject({ status: 0 });
  });

  it('does not take a changeset that was there before', () => {
    topic.git('checkout', '--quiet', 'main');
    topic.write('.changeset/before.md', changesetFor(['@seaworthy/jobs']));
    topic.commit();
    topic.git('checkout', '--quiet', '-B', 'topic');
    topic.write('packages/jobs/src/index.ts', 'export const a = 1;\n');
    topic.commit();
    expect(check('--since=main')).toMatchObject({ status: 1 });
  });

  it('refuses a changeset that names no package of ours', () => {
    topic.write('.changeset/unknown.md', changesetFor(['@seaworthy/job']));
    topic.commit();
    const { status, output } = check('--since=main');
    expect([status, output.includes('@seaworthy/job')]).toEqual([1, true]);
  });

  it('says that changeset status reads commits, where the changeset is not committed yet', () => {
    topic.write('packages/jobs/src/index.ts', 'export const a = 1;\n');
    topic.commit();
    topic.write('.changeset/one.md', changesetFor(['@seaworthy/jobs']));
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
