import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { describeRedis, startRedis } from '@seaworthy/test-servers';
import { testTemplate } from 'create-seaworthy/testing';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';

import { plainEnvironment } from '../../scripts/demo-session.ts';
import { generatedContract } from '../contract/contract.ts';
import { runbookCommands, startLine } from '../contract/runbook-commands.ts';
import { pathWithout } from '../path-without.ts';
import { shellCommands, withoutAssignments } from '../repository/shell-blocks.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const longName = 'orders-api-with-the-longest-legal-name-0';
const healthToken = 'generated-health-token';

function run(command: string, cwd: string, env: NodeJS.ProcessEnv) {
  const result = spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8', env, maxBuffer: 1e8 });
  return { status: result.status, output: result.stdout + result.stderr };
}

function expectSuccess(command: string, cwd: string, env: NodeJS.ProcessEnv = plainEnvironment()): string {
  const { status, output } = run(command, cwd, env);
  expect(status, `${command}\n${output}`).toBe(0);
  return output;
}

/** True when whoever types the command finds what it names. */
function resolves(command: string, service: string): boolean {
  const words = withoutAssignments(command).split(/\s+/);
  const [program = '', first = ''] = words;
  // Nothing but variables: the shell itself sets them.
  if (program === '') return true;
  const read = (file: string) => readFileSync(path.join(service, file), 'utf8');
  if (program === 'make') return new RegExp(`^${first}:`, 'm').test(read('Makefile'));
  if (program === 'npm') {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const script = first === 'run' ? words.slice(2).find((word) => !word.startsWith('-')) : first;
    return script !== undefined && Object.hasOwn(scripts, script);
  }
  if (program.includes('/')) return existsSync(path.join(service, program));
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** Starts `make dev` as a person does, and waits until it listens. */
async function startDev(cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn('make', ['dev'], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const group = -Number(child.pid);
  const exited = once(child, 'exit');
  onTestFinished(() => void (isThere(group) && process.kill(group, 'SIGKILL')));
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  // make itself says what it runs.
  createInterface(child.stdout).on('line', (line) => {
    const port = line.startsWith('{') ? (JSON.parse(line) as { port?: number }).port : undefined;
    if (port !== undefined) resolve(port);
  });
  void exited.then(() => reject(new Error('make dev ended before it listened')));
  const port = await promise;
  return {
    address: `http://127.0.0.1:${port}`,
    /** Ctrl-C; waits until everything that it started is gone. */
    async stop() {
      process.kill(group, 'SIGINT');
      await exited;
      await expect.poll(() => isThere(group), { timeout: 20_000 }).toBe(false);
    },
  };
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Each target of a Makefile as it is typed, in this order; nothing for those that have a test of their own. */
const targets: Readonly<Record<'node' | 'python', Readonly<Record<string, string | undefined>>>> = {
  node: { lock: 'make lock', ...targetsOfBoth() },
  // It asks the index for each Python and each machine, which takes minutes: its own tests have a small index.
  python: { lock: undefined, ...targetsOfBoth() },
};

function targetsOfBoth(): Readonly<Record<string, string | undefined>> {
  return {
    setup: 'make setup',
    help: 'make help',
    lint: 'make lint',
    test: 'make test',
    integration: 'make integration',
    verify: 'make verify',
    migrate: 'make migrate DEPLOY_ENVIRONMENT=development',
    import: 'make import FILE=../typed.csv DEPLOY_ENVIRONMENT=development',
    job: 'make job NAME=daily-order-summary DEPLOY_ENVIRONMENT=development',
    dev: undefined,
    'cache-clear': undefined,
  };
}

/** PATH without the programs of this repository. */
const plainPath = () => plainEnvironment()['PATH'];

/** Scaffolds, installs and tries a service by the demo, while the tests are collected: they read its service.json. */
function generate(language: string, parent: string): void {
  for (const who of ['AUTHOR', 'COMMITTER']) {
    process.env[`GIT_${who}_NAME`] = 'A Developer';
    process.env[`GIT_${who}_EMAIL`] = 'developer@example.com';
  }
  const flags = [`--language=${language}`, `--name=${longName}`, `--directory=${parent}`];
  const demo = spawnSync('node', ['scripts/demo.ts', ...flags], { cwd: repository, encoding: 'utf8' });
  if (demo.status !== 0) throw new Error(`the demo failed:\n${demo.stdout}${demo.stderr}`);
}

/** Everything that a generated service must do on its own, outside this repository; installed once. */
export function generatedService(language: 'node' | 'python'): void {
  const parent = mkdtempSync(path.join(tmpdir(), `generated-${language}-`));
  const service = path.join(parent, longName);
  // A service in Python is used as on a machine that has no Node.
  const withoutNode =
    language === 'python' ? pathWithout(/^(node|npm|npx|corepack|yarn|pnpm)/, plainPath()) : undefined;
  const own = (env: NodeJS.ProcessEnv = {}) => plainEnvironment({ PATH: withoutNode?.folder ?? plainPath(), ...env });
  const section = (title: string) => runbookCommands(service, title);
  const production = () =>
    own({
      HTTP_PORT: '0',
      HTTP_HOST: '127.0.0.1',
      HEALTH_TOKEN: healthToken,
      DATABASE_URL: `sqlite:${parent}/production.db`,
    });

  generate(language, parent);
  writeFileSync(path.join(parent, 'typed.csv'), 'orderNumber,sku,quantity\nA-1,S,1\n');

  testTemplate({
    language,
    service,
    vendorDirectory: path.join(repository, 'packages/create/vendor'),
    commands: Object.values(targets[language]).filter((line) => line !== undefined),
    env: own(),
  });

  describe(`a generated ${language} service with a name of ${longName.length} characters`, () => {
    afterAll(() => {
      withoutNode?.remove();
      rmSync(parent, { recursive: true, force: true });
    });

    it('has no make target but those that are run here', () => {
      const names = readFileSync(path.join(service, 'Makefile'), 'utf8').match(/^[a-z-]+(?=:)/gm) ?? [];
      expect(names.toSorted()).toEqual(Object.keys(targets[language]).toSorted());
    });

    it.runIf(language === 'python')('finds no Node', () => {
      for (const program of ['node', 'npm', 'npx'])
        expect(run(`command -v ${program}`, service, own()).status).not.toBe(0);
      expectSuccess('command -v make', service, own());
    });

    it('serves with make dev until Ctrl-C', async () => {
      const started = await startDev(service, own({ HTTP_PORT: '0' }));
      expect((await fetch(`${started.address}/readyz`)).status).toBe(200);
      expect(await (await fetch(`${started.address}/orders/A-1`)).json()).toMatchObject({ orderNumber: 'A-1' });
      await started.stop();
    });

    describeRedis('with a shared cache', () => {
      it('passes make cache-clear', async () => {
        const redis = await startRedis();
        onTestFinished(() => redis.stop());
        const env = own({ CACHE_URL: `redis://127.0.0.1:${redis.connection.port}/0` });
        const cleared = expectSuccess('make cache-clear KEY=orders:A-1 DEPLOY_ENVIRONMENT=development', service, env);
        expect(cleared).toContain('"message":"cache cleared"');
      });
    });

    it('has its first commit, and nothing of it changed by working with it', () => {
      expect(expectSuccess('git log --format=%s', service)).toMatch(/^Start orders-api/);
      const changed = expectSuccess('git status --porcelain', service).trim();
      expect(['', '?? package-lock.json']).toContain(changed);
    });

    it.each(['README.md', 'RUNBOOK.md', 'CHECKLIST.md'])('names only commands that exist in %s', (file) => {
      const commands = shellCommands(readFileSync(path.join(service, file), 'utf8'));
      expect(commands.length).toBeGreaterThan(2);
      expect(commands.filter((command) => !command.split(' && ').every((part) => resolves(part, service)))).toEqual([]);
    });

    it('goes back to the previous tag by the commands of its runbook', async () => {
      expectSuccess('git add --all && git commit --quiet --allow-empty -m "Lock"', service);
      expectSuccess('git tag -a v0.1.0 -m first', service);
      writeFileSync(path.join(service, 'NOTES.md'), 'second release\n');
      expectSuccess('git add --all && git commit --quiet -m "Second" && git tag -a v0.2.0 -m second', service);
      const [goBack = '', setUp = '', start = ''] = section('Roll back');
      expectSuccess(goBack, service, own());
      expectSuccess(setUp, service, own());
      for (const command of section('Set up and start').filter((each) => each.endsWith(' make migrate')))
        expectSuccess(command, service, production());
      const started = await startLine(start, service, production());
      try {
        expect(await (await fetch(`${started.address}/healthz`)).json()).toMatchObject({ releaseId: 'v0.1.0' });
      } finally {
        await started.stop();
      }
      expect(existsSync(path.join(service, 'NOTES.md'))).toBe(false);
      expectSuccess('git switch --quiet -', service);
    });

    generatedContract({ name: `the generated ${language} service`, directory: service });
  });
}
