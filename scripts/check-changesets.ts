// `npm run check:changesets`: every package that changed since a commit has a changeset, the scaffolder for its templates too.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { missingChangesets } from './missing-changesets.ts';
import { publishedPackages } from './published-packages.ts';

const repository = process.cwd();
const changeset = createRequire(import.meta.url).resolve('@changesets/cli/bin.js');

function refuse(message: string, exitCode = 1): never {
  process.stderr.write(`${message}\n`);
  process.exit(exitCode);
}

function git(...args: string[]): string {
  const { error, status, stdout, stderr } = spawnSync('git', args, { cwd: repository, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0)
    refuse(`git ${args.join(' ')} failed: ${stderr.trim()}
Both ends of the history have to be here: fetch the base branch; in a workflow, check out with fetch-depth: 0.`);
  return stdout.trim();
}

function sinceArgument(): string {
  try {
    const { values } = parseArgs({ options: { since: { type: 'string', default: 'origin/main' } } });
    if (values.since !== '' && !values.since.startsWith('-')) return values.since;
    throw new Error(`--since: expected a commit or a branch, got "${values.since}"`);
  } catch (error) {
    return refuse(
      `${error instanceof Error ? error.message : String(error)}\nnpm run check:changesets -- --since=origin/main`,
      64,
    );
  }
}

const since = sinceArgument();
const base = git('merge-base', since, 'HEAD');
const lines = (text: string) => text.split('\0').filter((line) => line !== '');
// What is not committed yet counts too, so that the answer is the same before and after the commit.
const files = lines(
  `${git('diff', '--name-only', '-z', base)}\0${git('ls-files', '-z', '--others', '--exclude-standard')}`,
);
const added = files.filter((file) => /^\.changeset\/[^/]+\.md$/.test(file) && existsSync(path.join(repository, file)));
const { changedFilePatterns = ['**'] } = JSON.parse(
  readFileSync(path.join(repository, '.changeset/config.json'), 'utf8'),
) as { changedFilePatterns?: string[] };

const missing = missingChangesets({
  files,
  changesets: added.map((file) => readFileSync(path.join(repository, file), 'utf8')),
  packages: publishedPackages(repository).map(({ folder, manifest }) => ({ folder, name: manifest.name })),
  patterns: changedFilePatterns,
});
if (missing.length > 0)
  refuse(
    [
      'Changed without a changeset:',
      ...missing.map(({ name, files: [first = '', ...more] }) => {
        return `  ${name}: ${first}${more.length === 0 ? '' : ` and ${more.length} more`}`;
      }),
      'Run `npx changeset` and commit what it writes; `npx changeset --empty` where nobody who installs them would notice.',
    ].join('\n'),
  );

// Refuses what it cannot read, and names that no package has.
const { status } = spawnSync(process.execPath, [changeset, 'status', `--since=${since}`], { stdio: 'inherit' });
if (status !== 0) {
  const untracked = added.length > 0 && git('status', '--porcelain', '.changeset') !== '';
  refuse(
    untracked ? 'It reads committed changesets only: commit yours, then run this again.' : 'changeset status failed',
  );
}
