import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { onTestFinished } from 'vitest';

export const root = path.resolve(import.meta.dirname, '../..');

/** A folder that is removed with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'integration-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

interface How {
  /** Where its database and its history are. */
  readonly folder: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether its database is migrated before it starts; yes unless told. */
  readonly isMigrated?: boolean;
  /** A descriptor of this process that becomes descriptor 3 of the service. */
  readonly passOn?: number;
}

/** Where a service and its commands keep everything. */
export function environment(folder: string, env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HTTP_PORT: '0',
    DATABASE_URL: `sqlite:${folder}/orders.db`,
    HEALTH_HISTORY_PATH: `${folder}/history.ndjson`,
    ...env,
  };
}

/** Runs a line for a shell to its end. */
export function run(command: string, env: NodeJS.ProcessEnv) {
  const options = { cwd: root, env, encoding: 'utf8', timeout: 60_000 } as const;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], options);
  return { status, stdout, stderr };
}

/** Brings a database to where this release needs it. */
export function migrate(env: NodeJS.ProcessEnv): void {
  const { status, stderr } = run('exec node src/migrate.ts', env);
  if (status !== 0) throw new Error(`the migrations failed:\n${stderr}`);
}

/** Sends a signal to a process that leads a group of its own, and to all that it started, npm's child for one. */
export function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  process.kill(-Number(pid), signal);
}

/** Leaves nothing of a process that leads a group of its own, even where the test fails before it has ended. */
export function endWithTest(child: ChildProcess): void {
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) killGroup(child, 'SIGKILL');
  });
}

/** Starts the service by a line for a shell, on a free port, and waits until it listens. */
export async function startService(command: string, { folder, env = {}, isMigrated = true, passOn }: How) {
  const whole = environment(folder, env);
  if (isMigrated) migrate(whole);
  const service = spawn('sh', ['-c', `exec ${command}`], {
    cwd: root,
    env: whole,
    stdio: ['ignore', 'pipe', 'inherit', passOn ?? 'ignore'],
    detached: true,
  });
  endWithTest(service);
  const exited = once(service, 'exit');
  // oxlint-disable-next-line typescript/no-non-null-assertion -- it is a pipe, as stated above
  const [line] = (await once(createInterface(service.stdout!), 'line')) as [string];
  const { port } = JSON.parse(line) as { port: number };
  return {
    address: `http://127.0.0.1:${port}`,
    /** Sends SIGTERM and resolves with the exit code, or null and a signal. */
    stop: () => {
      service.kill('SIGTERM');
      return exited;
    },
  };
}
