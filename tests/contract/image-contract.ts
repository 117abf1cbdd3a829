import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import dockerignore from '@balena/dockerignore';
import { describe, expect, it } from 'vitest';

import { readStages } from './dockerfile.ts';
import { readFacts, runCommand, startService } from './running-service.ts';

/** What is large or made by tools: never copied, and not worth walking through. */
const madeByTools = new Set(['node_modules', '.venv', '.git', '.hypothesis', '.mypy_cache', 'reports']);
const bytecode = /(^|\/)(__pycache__|[^/]+\.egg-info)(\/|$)/;
/** What must not be sent to the builder. */
const kept = [
  '.env',
  '.env.production',
  '.git/config',
  '.github/workflows/ci.yml',
  '.venv/bin/python',
  'Dockerfile',
  'config/production.env.local',
  'config/token.secret',
  'node_modules/zod/index.js',
  'ops/evidence/lint.json',
  'tests/unit/app.test.ts',
  'var/production.db',
  'vendor/notes.txt',
];

function filesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !madeByTools.has(name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesIn(path.join(directory, entry.name)).map((file) => `${entry.name}/${file}`)
        : entry.name,
    );
}

function covers(source: string, file: string): boolean {
  return file === source || file.startsWith(`${source}/`) || path.matchesGlob(file, source);
}

/** The exit code of a program, and what it wrote. */
function run(command: readonly string[], env: NodeJS.ProcessEnv, timeout: number) {
  const [program = '', ...args] = command;
  return new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(program, args, { env, timeout }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, output: stdout + stderr }),
    );
  });
}

/** What the Dockerfile of a service promises. No image is built: it is read, and its health check is run. */
export function imageContract(directory: string): void {
  const { language, commands } = readFacts(directory);
  const stages = readStages(path.join(directory, 'Dockerfile'));
  const instructions = stages.flatMap((stage) => stage.instructions);
  const final = stages.at(-1)?.instructions ?? [];
  const last = (keyword: string) => final.findLast((instruction) => instruction.keyword === keyword);
  const workdir = last('WORKDIR')?.words[0] ?? '';
  /** The same program where the service stands now. */
  const inPlace = (argument: string) =>
    argument.startsWith(`${workdir}/`) ? path.join(directory, argument.slice(workdir.length)) : argument;
  const copied = instructions
    .filter(({ keyword, flags }) => keyword === 'COPY' && !('from' in flags))
    .flatMap(({ words }) => words.slice(0, -1));

  it('names the whole version of its base image, once for all stages', () => {
    expect(stages.length).toBeGreaterThan(1);
    const images = new Set(stages.map(({ image }) => image));
    expect([...images]).toEqual([
      expect.stringMatching(/^(node|python):\d+\.\d+\.\d+-(slim-[a-z]+|[a-z]+-slim)(@sha256:[0-9a-f]{64})?$/),
    ]);
    expect(readFileSync(path.join(directory, 'Dockerfile'), 'utf8')).toContain(
      `docker buildx imagetools inspect ${[...images][0]?.split('@')[0]}`,
    );
  });

  it('runs as a user with a number, who is not root and can write var alone', () => {
    const [user, group] = last('USER')?.words[0]?.split(':').map(Number) ?? [];
    expect(user).toBeGreaterThan(0);
    expect(group).toBe(user);
    expect(instructions.flatMap(({ flags }) => Object.keys(flags))).not.toContain('chown');
    const runs = final.filter(({ keyword }) => keyword === 'RUN').map(({ words }) => words.join(' '));
    expect(runs.join('\n')).toContain(`install --directory --owner=${user} --group=${group} var`);
  });

  it('is one process, the one that service.json starts, and gets SIGTERM itself', () => {
    const scripts = () =>
      (JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as { scripts: { start: string } })
        .scripts;
    const start = language === 'node' ? scripts().start.replace(/^exec /, '') : commands.start;
    const [entrypoint, command] = [last('ENTRYPOINT')?.exec, last('CMD')?.exec];
    expect([entrypoint, command]).toEqual([expect.any(Array), expect.any(Array)]);
    expect([...(entrypoint ?? []), ...(command ?? [])].join(' ').replaceAll(`${workdir}/`, '')).toBe(start);
    expect(last('STOPSIGNAL')?.words).toEqual(['SIGTERM']);
  });

  it('carries no secret, no stage, and nothing from an address', () => {
    const named = instructions
      .filter(({ keyword }) => keyword === 'ENV' || keyword === 'ARG')
      .flatMap(({ words }) => words.map((word) => word.split('=')[0] ?? ''));
    expect(named).toContain('RELEASE_ID');
    expect(named.filter((name) => /TOKEN|SECRET|PASSWORD|CREDENTIAL|KEY|URL|^NODE_ENV$|^DEPLOY_/.test(name))).toEqual(
      [],
    );
    expect(instructions.filter(({ keyword }) => keyword === 'ADD')).toEqual([]);
  });

  it('copies what is there, and leaves everything else on the workstation', () => {
    // The lock of the Node template is written by the first make setup of a service.
    const missing = copied.filter((source) => !source.includes('*') && !existsSync(path.join(directory, source)));
    expect(missing.filter((source) => source !== 'package-lock.json')).toEqual([]);

    const rules = dockerignore.default().add(readFileSync(path.join(directory, '.dockerignore'), 'utf8'));
    const files = filesIn(directory);
    const sent = rules.filter(files);
    expect(sent.filter((file) => !copied.some((source) => covers(source, file)))).toEqual([]);
    const needed = files.filter((file) => file.startsWith('src/') && !bytecode.test(file));
    const single = copied.filter((source) => !['src', 'config'].includes(source)).map((file) => file.replace('*', 'a'));
    const wanted = ['config/production.env', 'config/staging.env', ...single, ...needed];
    expect(wanted.filter((file) => rules.ignores(file))).toEqual([]);
    const stays = language === 'python' ? [...kept, 'src/__pycache__/app.cpython-311.pyc'] : kept;
    expect(stays.filter((file) => !rules.ignores(file))).toEqual([]);
  });

  it('offers the port on which the service listens by default', () => {
    const env = { DEPLOY_ENVIRONMENT: 'test' };
    const { settings } = JSON.parse(runCommand(directory, commands.settings, env).stdout) as {
      settings: Record<string, { value: string; origin: string }>;
    };
    expect(settings['HTTP_PORT']).toMatchObject({ value: last('EXPOSE')?.words[0], origin: 'default' });
  });

  describe('its health check', () => {
    const { flags = {}, exec: command = [] } = last('HEALTHCHECK') ?? {};
    const seconds = (flag: string) => Number(/^(\d+)s$/.exec(flags[flag] ?? '')?.[1]);
    const check = (port: number) => {
      // A proxy that nobody runs: asking it for the address of the container itself would fail.
      const proxy = 'http://127.0.0.1:9';
      const env = { PATH: process.env['PATH'], HTTP_PORT: `${port}`, HTTP_PROXY: proxy, http_proxy: proxy };
      return run(command.map(inPlace), { ...env, NODE_USE_ENV_PROXY: '1' }, 10_000);
    };

    it('says how often it asks, how long it waits and when it begins', () => {
      expect([seconds('interval'), seconds('timeout'), seconds('start-period')]).toEqual([10, 2, 30]);
      expect(command.join(' ')).toContain(last('EXPOSE')?.words[0]);
    });

    it('passes while the service runs, and fails once it is gone', async () => {
      const service = await startService(directory);
      const alive = await check(service.port);
      await service.stop();
      expect(alive).toEqual({ code: 0, output: '' });
      expect((await check(service.port)).code).toBe(1);
    });

    it('fails when the answer is no 200', async () => {
      const asked: unknown[] = [];
      const server = createServer((request, response) => {
        asked.push(`${request.method} ${request.url}`);
        response.writeHead(503).end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { code } = await check((server.address() as AddressInfo).port);
      server.close();
      expect({ asked, code }).toEqual({ asked: ['GET /livez'], code: 1 });
    });
  });
}
