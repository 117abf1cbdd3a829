import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');
// Inside the repository, so that the examples find the packages by their names.
const folder = path.join(repository, 'tests/.examples');

interface Example {
  readonly title: string;
  readonly code: string;
}

/** Every fenced `ts` block of a document or of an `@example` in a docstring. */
function examplesOf(file: string): Example[] {
  const text = readFileSync(path.join(repository, file), 'utf8');
  const blocks = [...text.matchAll(/^( \* )?```ts\n([^]*?)^(?: \* )?```$/gm)];
  return blocks.map(([, star, block = ''], index) => ({
    title: `${file} ${index + 1}`,
    code: star === undefined ? block : block.replace(/^ \* ?/gm, ''),
  }));
}

const files = globSync(
  ['README.md', 'docs/*.md', 'packages/*/README.md', 'packages/*/src/**/*.ts', 'packages/preset/*.d.ts'],
  {
    cwd: repository,
    exclude: (name) => name.endsWith('.test.ts'),
  },
).toSorted();
const examples = files.flatMap(examplesOf);
/** Programs that need a PostgreSQL or a Redis: `safe-to-run-again.test.ts` starts them. */
const needServers = [3, 4].map((index) => `docs/work-that-is-safe-to-run-again.md ${index}`);
/** Programs that serve until they are stopped. */
const programs = ['README.md 1', 'packages/defaults/README.md 1'];

function run(name: string, code: string, env: NodeJS.ProcessEnv) {
  const file = path.join(folder, `${name}.ts`);
  writeFileSync(file, code);
  const child = spawn('node', [file], {
    cwd: repository,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return { child, exited: once(child, 'exit') as Promise<[number | null]>, errors: () => errors };
}

describe('examples', () => {
  beforeAll(() => mkdirSync(folder, { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('stand at every package', () => {
    for (const name of ['defaults', 'healthcheck', 'jobs', 'create', 'preset', 'cli']) {
      expect(examples.filter(({ title }) => title.startsWith(`packages/${name}/`)).length).toBeGreaterThan(2);
    }
  });

  it.each(
    examples
      .filter(({ title }) => !programs.includes(title) && !needServers.includes(title))
      .map(({ title, code }, index) => [title, code, index] as const),
  )('%s runs', { timeout: 20_000 }, async (_title, code, index) => {
    const { exited, errors } = run(`example-${index}`, code, {});
    const [status] = await exited;
    expect(status, errors()).toBe(0);
  });

  describe.each(programs)('the program of %s', (title) => {
    const code = examples.find((example) => example.title === title)?.code ?? '';
    const name = title.replaceAll(/[^a-z]/gi, '-');

    it('serves', { timeout: 20_000 }, async () => {
      const port = 20_000 + (process.pid % 10_000);
      const { child, exited } = run(name, code, { DEPLOY_ENVIRONMENT: 'development', HTTP_PORT: String(port) });
      const status = async (route: string) => (await fetch(`http://127.0.0.1:${port}${route}`)).status;
      await expect.poll(() => status('/livez').catch(() => 0), { timeout: 10_000 }).toBe(200);
      expect([await status('/readyz'), await status('/healthz'), await status('/')]).toEqual([200, 200, 200]);
      child.kill();
      await exited;
    });

    it('refuses a time-out without its unit', { timeout: 20_000 }, async () => {
      const { exited, errors } = run(`${name}-refused`, code, {
        DEPLOY_ENVIRONMENT: 'development',
        HTTP_REQUEST_TIMEOUT: '5',
      });
      expect((await exited)[0]).not.toBe(0);
      expect(errors()).toContain('5ms and 5s cannot be told apart');
    });
  });
});
