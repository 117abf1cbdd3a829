import { describe, expect, it } from 'vitest';

import { missingChangesets } from '../../scripts/missing-changesets.ts';

const packages = [
  { folder: 'create', name: 'create-seaworthy' },
  { folder: 'jobs', name: '@seaworthy/jobs' },
];
const patterns = ['**', '!**/*.test.ts', '!src/testing/**'];
const naming = (...names: string[]) => `---\n${names.map((name) => `"${name}": patch\n`).join('')}---\n\nText.\n`;
const missing = (files: string[], ...changesets: string[]) =>
  missingChangesets({ files, changesets, packages, patterns }).map(({ name, files: shipped }) => [name, ...shipped]);

describe('missingChangesets', () => {
  it('asks one of each package that ships a changed file', () => {
    expect(missing(['packages/jobs/src/job.ts', 'packages/create/README.md', 'packages/jobs/package.json'])).toEqual([
      ['@seaworthy/jobs', 'packages/jobs/src/job.ts', 'packages/jobs/package.json'],
      ['create-seaworthy', 'packages/create/README.md'],
    ]);
  });

  it('asks one of the scaffolder for every file of a template, tests too', () => {
    expect(missing(['templates/python-service/tests/test_app.py'])).toEqual([
      ['create-seaworthy', 'templates/python-service/tests/test_app.py'],
    ]);
  });

  it('is not content with a changeset of another package', () => {
    expect(missing(['packages/jobs/src/job.ts'], naming('create-seaworthy'))).toHaveLength(1);
    expect(missing(['packages/jobs/src/job.ts'], naming('create-seaworthy'), naming('@seaworthy/jobs'))).toEqual([]);
  });

  it('takes an empty changeset as the word that nothing is to be released', () => {
    expect(missing(['packages/jobs/src/job.ts'], '---\n---\n')).toEqual([]);
  });

  it.each([
    'packages/jobs/src/job.test.ts',
    'packages/jobs/src/testing/work.ts',
    'packages/test-servers/src/index.ts',
    'docs/api/jobs.md',
    'README.md',
    'templates',
  ])('asks nothing for %s, or only what ships it', (file) => {
    expect(missing([file]).map(([name]) => name)).toEqual(file === 'templates' ? ['create-seaworthy'] : []);
  });
});
