// What a user of the published packages meets, from a registry process of its own: two releases, and a service that lives through both.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startNpmRegistry, type NpmRegistry } from '@seaworthy/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { plainEnvironment } from '../../scripts/demo-session.ts';
import { startLine } from '../contract/runbook-commands.ts';
import { readFacts } from '../contract/running-service.ts';

import { ReleaseCopy } from './release-copy.ts';

const repository = path.resolve(import.meta.dirname, '../..');
/** A command on a younger Node than the host may have: pnpm, the preset and `seaworthy` ask for one. */
const onThisNode = (command: string) => `PATH='${path.dirname(process.execPath)}':"$PATH" ${command}`;
const pnpm = path.join(repository, 'node_modules/pnpm/bin/pnpm.mjs');
const published = [
  '@seaworthy/defaults',
  '@seaworthy/healthcheck',
  '@seaworthy/jobs',
  '@seaworthy/preset',
  'create-seaworthy',
  'seaworthy',
];
const author = { GIT_AUTHOR_NAME: 'A Developer', GIT_AUTHOR_EMAIL: 'developer@example.com' };
const committer = { GIT_COMMITTER_NAME: 'A Developer', GIT_COMMITTER_EMAIL: 'developer@example.com' };

describe('two releases from a registry', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'released-'));
  const service = path.join(home, 'orders-api');
  let registry: NpmRegistry;
  let copy: ReleaseCopy;
  beforeAll(async () => {
    registry = await startNpmRegistry(['@seaworthy/*', 'create-seaworthy', 'seaworthy']);
    copy = new ReleaseCopy(registry.env);
  });
  afterAll(async () => {
    copy.remove();
    await registry.stop();
    rmSync(home, { recursive: true, force: true });
  });

  /** Runs a command as a user does who has nothing of this repository. */
  function run(command: string, cwd = home, expected = 0): string {
    const env = plainEnvironment({ ...author, ...committer, ...registry.env });
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8', env, maxBuffer: 1e8 });
    expect(status, `${command}\n${stdout}${stderr}`).toBe(expected);
    return stdout;
  }

  /** The steps of the workflow that releases, in its order and with its commands. */
  function release(): void {
    copy.run('npm run version-packages');
    copy.commit('Version packages');
    copy.run('npm run build');
    const made = mkdtempSync(path.join(home, 'release-'));
    copy.run(`changeset publish-plan --output '${path.relative(copy.folder, path.join(made, 'plan.json'))}'`);
    copy.run(
      `changeset pack --from-publish-plan '${path.join(made, 'plan.json')}' --out-dir '${path.join(made, 'packed')}'`,
    );
    copy.run(`changeset publish --from-pack-dir '${path.join(made, 'packed')}'`);
  }

  /** Asks for a release of some packages, as whoever changes them does. */
  function change(file: string, packages: readonly string[], what: string): void {
    const lines = packages.map((name) => `"${name}": patch\n`).join('');
    writeFileSync(path.join(copy.folder, `.changeset/${file}.md`), `---\n${lines}---\n\n${what}\n`);
  }

  const inRegistry = () => Object.fromEntries(published.map((name) => [name, run(`npm view ${name} version`).trim()]));
  const inCopy = () => Object.fromEntries(published.map((name) => [name, copy.versionOf(name)]));
  let first: Record<string, string> = {};

  it('versions and publishes every package as the workflow does', () => {
    const before = inCopy();
    change('every-package', published, 'Release it.');
    copy.commit('Change every package');
    release();
    first = inRegistry();
    expect(first).toEqual(inCopy());
    expect(published.filter((name) => first[name] === before[name])).toEqual([]);
    expect(copy.run('git status --porcelain')).toBe('');
    expect(copy.run('git tag').trim().split('\n')).toEqual(published.map((name) => `${name}@${first[name]}`));
  });

  it('scaffolds a service by npm create, and the same by npx', () => {
    const answers = '--language=node --owner=team-orders --directory=.';
    run(`npm create seaworthy@latest orders-api -- ${answers}`);
    mkdirSync(path.join(home, 'again'));
    run(`npx --yes create-seaworthy orders-api ${answers} --no-git`, path.join(home, 'again'));
    expect(run('diff -r --exclude=.git orders-api again/orders-api')).toBe('');
    run('npm create seaworthy@latest stock-api -- --language=python --owner=team-stock --directory=.');
    expect(existsSync(path.join(home, 'stock-api/pyproject.toml'))).toBe(true);
    mkdirSync(path.join(home, 'by-pnpm'));
    run(
      onThisNode(`node '${pnpm}' create seaworthy@latest orders-api ${answers} --no-git`),
      path.join(home, 'by-pnpm'),
    );
    expect(run('diff -r --exclude=.git orders-api by-pnpm/orders-api')).toBe('');
  });

  it.each(['make setup', 'make lint', 'make test'])('passes %s with published packages alone', (command) => {
    run(command, service);
    const { dependencies } = JSON.parse(readFileSync(path.join(service, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const ours = ['@seaworthy/defaults', '@seaworthy/healthcheck', '@seaworthy/jobs'];
    expect(dependencies).toMatchObject(Object.fromEntries(ours.map((name) => [name, first[name]])));
    expect(existsSync(path.join(service, 'vendor'))).toBe(false);
  });

  it('starts, and keeps the contract', async () => {
    const env = {
      DATABASE_URL: `sqlite:${path.join(home, 'orders.db')}`,
      DEPLOY_ENVIRONMENT: 'test',
      HEALTH_TOKEN: 'released-health-token',
      HTTP_PORT: '0',
    };
    run(`DATABASE_URL=${env.DATABASE_URL} make migrate DEPLOY_ENVIRONMENT=test`, service);
    const started = await startLine(readFacts(service).commands.start, service, plainEnvironment(env));
    const { status, stdout, stderr } = spawnSync(
      'npm',
      ['run', '--silent', 'contract', '--', '--url', started.address],
      { cwd: repository, encoding: 'utf8', env: { ...process.env, HEALTH_TOKEN: env.HEALTH_TOKEN } },
    );
    expect(status, stdout + stderr).toBe(0);
    expect(await started.stop()).toBe(0);
  });

  it('gives a plain project its tool settings, one line each', () => {
    const plain = path.join(home, 'plain');
    mkdirSync(path.join(plain, 'src'), { recursive: true });
    const files = {
      'package.json': '{ "name": "plain", "private": true, "type": "module" }',
      'tsconfig.json': '{ "extends": "@seaworthy/preset/tsconfig.json", "include": ["src", "*.ts"] }',
      'oxlint.config.ts': "export { service as default } from '@seaworthy/preset/oxlint';\n",
      'oxfmt.config.ts': "export { format as default } from '@seaworthy/preset/oxfmt';\n",
      'vitest.config.ts': "export { unitTests as default } from '@seaworthy/preset/vitest';\n",
      'src/sum.ts': 'export const sum = (a: number, b: number): number => a + b;\n',
      'src/sum.test.ts':
        "import { expect, it } from 'vitest';\n\nimport { sum } from './sum.ts';\n\nit('adds', () => {\n  expect(sum(1, 2)).toBe(3);\n});\n",
    };
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(plain, file), text);
    const { devDependencies } = JSON.parse(readFileSync(path.join(service, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    const tools = ['oxlint', 'oxlint-tsgolint', 'oxfmt', 'vitest', 'typescript', '@types/node'];
    const exact = tools.map((tool) => `${tool}@${devDependencies[tool]}`).join(' ');
    run(`npm install --save-dev @seaworthy/preset ${exact}`, plain);
    for (const command of ['oxlint --deny-warnings', 'oxfmt --check src', 'tsc --noEmit', 'vitest run'])
      run(onThisNode(`npx ${command}`), plain);
    writeFileSync(path.join(plain, 'src/late.ts'), 'export function late(): void {\n  Promise.resolve(1);\n}\n');
    expect(run(onThisNode('npx oxlint --deny-warnings'), plain, 1)).toContain('no-floating-promises');
  });

  it('publishes a fix of a template as a second release, and nothing besides', () => {
    const readme = path.join(copy.folder, 'templates/node-service/README.md');
    writeFileSync(readme, `${readFileSync(readme, 'utf8')}\nA fix of the template.\n`);
    change('a-fix', ['create-seaworthy'], 'Fix the README of a Node service.');
    copy.commit('Fix the template');
    release();
    const second = inRegistry();
    // `seaworthy` depends on precisely the create-seaworthy that it was tested with.
    const changed = published.filter((name) => second[name] !== first[name]);
    expect(changed).toEqual(['create-seaworthy', 'seaworthy']);
    expect(second).toEqual(inCopy());
  });

  it('brings the fix to the service that was made before', () => {
    const update = 'npx --yes create-seaworthy@latest update';
    run(`${update} --check`, service, 3);
    writeFileSync(path.join(service, 'README.md'), `Ours.\n\n${readFileSync(path.join(service, 'README.md'), 'utf8')}`);
    run(update, service);
    const readme = readFileSync(path.join(service, 'README.md'), 'utf8');
    expect(readme).toMatch(/^Ours\.\n/);
    expect(readme).toMatch(/\nA fix of the template\.\n$/);
    run(`${update} --check`, service);
    const other = run(onThisNode('npx --yes seaworthy@latest update --check orders-api stock-api'), home, 3);
    expect(other).toMatch(/^orders-api\tcurrent\t.*\nstock-api\tupdate available\t/);
    run('make lint', service);
  });
});
