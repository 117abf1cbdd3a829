import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { testTemplate } from 'create-seaworthy/testing';
import { afterAll, describe, expect, it } from 'vitest';

import { plainEnvironment } from '../../scripts/demo-session.ts';
import { contract } from '../contract/contract.ts';
import { shellCommands, withoutAssignments } from '../repository/shell-blocks.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const longName = 'orders-api-with-the-longest-legal-name-0';
const healthToken = 'generated-health-token';

function run(command: string, cwd: string, env: NodeJS.ProcessEnv = {}) {
  const result = spawnSync('sh', ['-c', command], {
    cwd,
    encoding: 'utf8',
    env: plainEnvironment(env),
    maxBuffer: 1e8,
  });
  return { status: result.status, output: result.stdout + result.stderr };
}

function expectSuccess(command: string, cwd: string, env: NodeJS.ProcessEnv = {}): string {
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

/** Starts a shell command line in a process group of its own, and waits for the line that names the port. */
async function startLine(command: string, cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn('sh', ['-c', command], {
    cwd,
    env: plainEnvironment(env),
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), exited.then(() => ['{}'])])) as [
    string,
  ];
  const { port } = JSON.parse(line) as { port?: number };
  return {
    address: `http://127.0.0.1:${port}`,
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      process.kill(-Number(child.pid), signal);
      await exited;
    },
  };
}

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
  const block = (name: string) =>
    readFileSync(path.join(service, 'RUNBOOK.md'), 'utf8')
      .split(`seaworthy:begin ${name} -->`)[1]
      ?.split('<!-- seaworthy:end')[0] ?? '';
  const production = () => ({
    HTTP_PORT: '0',
    HTTP_HOST: '127.0.0.1',
    HEALTH_TOKEN: healthToken,
    DATABASE_URL: `sqlite:${parent}/production.db`,
  });

  /** Starts a service as its runbook does: where that migrates first, so does this. */
  const migrateAndStart = (start: string, env: NodeJS.ProcessEnv) => {
    for (const command of shellCommands(block('set-up')).filter((each) => each.endsWith(' make migrate')))
      expectSuccess(command, service, env);
    return startLine(start, service, env);
  };

  generate(language, parent);

  testTemplate({
    language,
    service,
    vendorDirectory: path.join(repository, 'packages/create/vendor'),
    commands: ['make setup', 'make lint', 'make test', 'make integration', 'make verify'],
    env: plainEnvironment(),
  });

  describe(`a generated ${language} service with a name of ${longName.length} characters`, () => {
    afterAll(() => rmSync(parent, { recursive: true, force: true }));

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

    it('answers the four questions with the commands of its runbook', async () => {
      const start = shellCommands(block('set-up')).at(-1) ?? '';
      const started = await migrateAndStart(start, production());
      try {
        const commands = shellCommands(block('questions'));
        expect(commands.length).toBeGreaterThanOrEqual(5);
        for (const command of commands) {
          const here = command.replaceAll('http://127.0.0.1:8080', started.address);
          expect(expectSuccess(here, service, production())).not.toBe('');
        }
      } finally {
        await started.stop();
      }
    });

    it('goes back to the previous tag by the commands of its runbook', async () => {
      expectSuccess('git add --all && git commit --quiet --allow-empty -m "Lock"', service);
      expectSuccess('git tag -a v0.1.0 -m first', service);
      writeFileSync(path.join(service, 'NOTES.md'), 'second release\n');
      expectSuccess('git add --all && git commit --quiet -m "Second" && git tag -a v0.2.0 -m second', service);
      const [goBack = '', setUp = '', start = ''] = shellCommands(block('rollback'));
      expectSuccess(goBack, service);
      expectSuccess(setUp, service);
      const started = await migrateAndStart(start, production());
      try {
        expect(await (await fetch(`${started.address}/healthz`)).json()).toMatchObject({ releaseId: 'v0.1.0' });
      } finally {
        await started.stop();
      }
      expect(existsSync(path.join(service, 'NOTES.md'))).toBe(false);
      expectSuccess('git switch --quiet -', service);
    });

    it('backs up and restores by the commands of its runbook, also after a crash', async () => {
      const [backUp = '', restore = ''] = shellCommands(
        readFileSync(path.join(service, 'RUNBOOK.md'), 'utf8').split('## Backup and restore')[1]?.split('\n## ')[0] ??
          '',
      );
      const env = { ...production(), DATABASE_URL: 'sqlite:var/production.db' };
      const storeAndCrash = async (orderNumber: string) => {
        const started = await migrateAndStart(shellCommands(block('set-up')).at(-1) ?? '', env);
        const body = JSON.stringify({ orderNumber, sku: 'S', quantity: 1 });
        const headers = { 'content-type': 'application/json' };
        expect((await fetch(`${started.address}/orders`, { method: 'POST', headers, body })).status).toBe(201);
        await started.stop('SIGKILL');
      };
      await storeAndCrash('A-1001');
      expectSuccess(backUp, service);
      await storeAndCrash('A-1002');
      expectSuccess(restore, service);
      const started = await migrateAndStart(shellCommands(block('set-up')).at(-1) ?? '', env);
      try {
        expect(await (await fetch(`${started.address}/orders`)).json()).toMatchObject({
          orders: [{ orderNumber: 'A-1001' }],
        });
      } finally {
        await started.stop();
      }
      rmSync(path.join(service, 'var'), { recursive: true });
    });

    contract({ name: `the generated ${language} service`, directory: service });
  });
}
