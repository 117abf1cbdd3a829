import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

import { afterAll, onTestFinished } from 'vitest';

export interface ServiceFacts {
  readonly name: string;
  readonly language: 'node' | 'python';
  readonly owner: string;
  readonly objectives: { readonly databaseCallsPerRequest: number };
  readonly jobs: readonly { readonly name: string; readonly command: string }[];
  readonly commands: Readonly<Record<'setup' | 'settings' | 'start' | 'test' | 'integration', string>> & {
    /** Of a service that migrates as a step of its own. */
    readonly migrate?: string;
  };
}

export function readFacts(directory: string): ServiceFacts {
  return JSON.parse(readFileSync(path.join(directory, 'service.json'), 'utf8')) as ServiceFacts;
}

export const healthToken = 'contract-health-token';
export type LogLine = Readonly<Record<string, unknown>>;

/** What a service under test may see of our own environment: enough to run, nothing to be configured by. */
function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG } = process.env;
  return { PATH, HOME, LANG, ...env };
}

/** Runs a command of a service to its end. */
export function runCommand(directory: string, command: string, env: NodeJS.ProcessEnv) {
  const options = { cwd: directory, env: environment(env), encoding: 'utf8', timeout: 20_000 } as const;
  const { stdout, stderr, status } = spawnSync('sh', ['-c', `exec ${command}`], options);
  return { stdout, stderr, status };
}

/** The files of databases as the migrations of a service left them, for each service. */
const migratedFiles = new Map<string, string>();

afterAll(() => {
  for (const file of migratedFiles.values()) rmSync(path.dirname(file), { recursive: true });
  migratedFiles.clear();
});

/**
 * Brings a database to where a service needs it; one that does so at its start needs nothing.
 *
 * A new file of SQLite is migrated once and copied from then on: half of what a start costs would be the migrations.
 */
export function migrate(directory: string, env: NodeJS.ProcessEnv): void {
  if (readFacts(directory).commands.migrate === undefined) return;
  const [, file] = /^sqlite:(\/.+)$/.exec(env['DATABASE_URL'] ?? '') ?? [];
  if (file === undefined || existsSync(file)) runMigrations(directory, env);
  else {
    const migrated = migratedFiles.get(directory) ?? keepMigrated(directory);
    mkdirSync(path.dirname(file), { recursive: true });
    copyFileSync(migrated, file);
  }
}

function keepMigrated(directory: string): string {
  const file = path.join(temporaryFolder(), 'migrated.db');
  runMigrations(directory, { DATABASE_URL: `sqlite:${file}` });
  // What stood beside the file would have to be copied as well.
  if (existsSync(`${file}-wal`)) throw new Error('the migrations left a write-ahead log behind');
  migratedFiles.set(directory, file);
  return file;
}

function runMigrations(directory: string, env: NodeJS.ProcessEnv): void {
  const { migrate: command = '' } = readFacts(directory).commands;
  const { status, stdout, stderr } = runCommand(directory, command, { DEPLOY_ENVIRONMENT: 'test', ...env });
  if (status !== 0) throw new Error(`the migrations failed:\n${stdout}${stderr}`);
}

/** The lines of a log, one JSON object each. */
export function logLines(output: string): LogLine[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogLine);
}

/** Starts a command of a service in a process group of its own, as a shell does. */
export function startCommand(directory: string, command: string, env: NodeJS.ProcessEnv) {
  const child = spawn('sh', ['-c', `exec ${command}`], {
    cwd: directory,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const kill = (signal: NodeJS.Signals) => process.kill(-Number(child.pid), signal);
  let hasEnded = false;
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[status], output, stderr]) => {
      hasEnded = true;
      return { status: status as number | null, lines: logLines(output), stderr };
    },
  );
  // Even where the test fails before it has ended.
  onTestFinished(() => void (hasEnded || kill('SIGKILL')));
  return { ended, kill, hasEnded: () => hasEnded };
}

/** A folder that is removed at the end, with room for a database. */
export function temporaryFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'contract-'));
}

export interface RunningService {
  readonly address: string;
  readonly port: number;
  readonly databaseFile: string;
  readonly lines: readonly LogLine[];
  /** Sends SIGTERM and returns the exit code; with `everyone`, to each process that the command started. */
  stop(everyone?: 'everyone'): Promise<number | null>;
}

/** Starts a service by the command of its service.json, on a free port, with a database of its own. */
export async function startService(directory: string, env: NodeJS.ProcessEnv = {}): Promise<RunningService> {
  const folder = temporaryFolder();
  const databaseFile = path.join(folder, 'orders.db');
  const settings = {
    DEPLOY_ENVIRONMENT: 'test',
    HTTP_PORT: '0',
    DATABASE_URL: `sqlite:${databaseFile}`,
    HEALTH_TOKEN: healthToken,
    HEALTH_HISTORY_PATH: path.join(folder, 'history.ndjson'),
    RELEASE_ID: 'v1.2.3',
    ...env,
  };
  migrate(directory, settings);
  const child = spawn('sh', ['-c', `exec ${readFacts(directory).commands.start}`], {
    cwd: directory,
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, as a service manager gives it.
    detached: true,
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines: LogLine[] = [];
  const reader = createInterface(child.stdout);
  reader.on('line', (line) => lines.push(JSON.parse(line) as LogLine));
  await Promise.race([
    once(reader, 'line'),
    exited.then(([code]) => {
      throw new Error(`the service ended with ${code} before it listened:\n${errors}`);
    }),
  ]);
  const port = Number(lines[0]?.['port']);
  return {
    address: `http://127.0.0.1:${port}`,
    port,
    databaseFile,
    lines,
    async stop(everyone) {
      process.kill(everyone === undefined ? Number(child.pid) : -Number(child.pid), 'SIGTERM');
      const [code] = await exited;
      rmSync(folder, { recursive: true });
      return code;
    },
  };
}
