// `npm run version-packages`: turns the changesets into versions and changelogs, and brings along what follows from a version.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '..');
const changeset = createRequire(import.meta.url).resolve('@changesets/cli/bin.js');

interface Release {
  readonly name: string;
  readonly type: 'major' | 'minor' | 'patch' | 'none';
}

function run(program: string, args: readonly string[]): void {
  const { error, status } = spawnSync(program, args, { cwd: repository, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status === 0) return;
  process.stderr.write(`${path.basename(program)} ${args.join(' ')} failed; git diff shows what was written so far\n`);
  process.exit(1);
}

function plannedReleases(): Release[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'releases-'));
  const plan = path.join(folder, 'plan.json');
  try {
    // Relative to the repository: that is how it takes the path.
    run(process.execPath, [changeset, 'status', `--output=${path.relative(repository, plan)}`]);
    const { releases } = JSON.parse(readFileSync(plan, 'utf8')) as { releases: Release[] };
    return releases.filter(({ type }) => type !== 'none');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The scaffolder pins the versions a new service starts with, so that each release of one of them is a release of it. */
function releaseScaffolderWith(releases: readonly Release[]): void {
  const template = readFileSync(path.join(repository, 'templates/node-service/package.json'), 'utf8');
  const { dependencies, devDependencies } = JSON.parse(template) as Record<string, Record<string, string>>;
  const pinned = releases.filter(({ name }) => name in { ...dependencies, ...devDependencies });
  if (pinned.length === 0 || releases.some(({ name }) => name === 'create-seaworthy')) return;
  const names = pinned.map(({ name }) => `\`${name}\``).join(', ');
  const text = `---\n"create-seaworthy": patch\n---\n\nA new service starts with the newest ${names}.\n`;
  writeFileSync(path.join(repository, '.changeset/newest-versions.md'), text);
}

const releases = plannedReleases();
if (releases.length === 0) {
  process.stdout.write('No changeset asks for a release: nothing was changed.\n');
} else {
  releaseScaffolderWith(releases);
  run(process.execPath, [changeset, 'version']);
  // Everything but the versions stands in the lock already: no registry is asked.
  run('npm', ['install', '--package-lock-only', '--ignore-scripts', '--offline']);
  run(process.execPath, ['scripts/generate.ts']);
}
