// PostgreSQL and Redis as the tests start them: of their own, in a temporary folder, on a free port of 127.0.0.1.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, globSync, mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe } from 'vitest';

const startTimeoutMs = 60_000;

export interface OwnServer {
  readonly url: string;
  stop(): Promise<void>;
}

interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** What it writes once it takes connections. */
  readonly ready: string;
  readonly stopSignal: string;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

/** The folder that holds all of these programs: Debian keeps those of PostgreSQL out of PATH. */
function folderOf(...programs: readonly string[]): string | undefined {
  const folders = [...globSync('/usr/lib/postgresql/*/bin'), ...(process.env['PATH'] ?? '').split(path.delimiter)];
  const holds = (folder: string, program: string) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return folders.find((folder) => programs.every((program) => holds(folder, program)));
}

/** Skips tests aloud where their programs are missing, and never in CI. */
function describeWhere(isFound: boolean, needed: string): typeof describe | typeof describe.skip {
  if (isFound) return describe;
  if (process.env['CI'] === 'true') throw new Error(`CI needs ${needed}`);
  process.stderr.write(`SKIPPED: the tests that need ${needed}\n`);
  return describe.skip;
}

// PostgreSQL refuses to run as root.
const isRoot = process.getuid?.() === 0;

function userNamed(name: string): Program['user'] {
  const found = spawnSync('sh', ['-c', `id -u ${name} && id -g ${name}`], { encoding: 'utf8' });
  const [uid = 0, gid = 0] = found.stdout.trim().split('\n').map(Number);
  return found.status === 0 ? { uid, gid } : undefined;
}

const postgresUser = isRoot ? userNamed('postgres') : undefined;
const postgresPrograms = folderOf('initdb', 'postgres');
const redisPrograms = folderOf('redis-server');

export const describePostgres = describeWhere(
  postgresPrograms !== undefined && (!isRoot || postgresUser !== undefined),
  'PostgreSQL: initdb and postgres, and as root the user postgres',
);
export const describeRedis = describeWhere(redisPrograms !== undefined, 'redis-server');

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

// Its input ends when the tests stop the program, and also when they are killed themselves: nothing outlives them.
const untilInputEnds = `
  exec 3<&0
  "$0" "$@" </dev/null 3<&- & server=$!
  { read -r _ <&3; kill -"$STOP_SIGNAL" "$server"; } >/dev/null 2>&1 &
  wait "$server"
  cd / && rm -rf "$FOLDER"
`;

async function start({ file, args, folder, ready, stopSignal, user }: Program): Promise<() => Promise<void>> {
  const child = spawn('sh', ['-c', untilInputEnds, file, ...args], {
    cwd: folder,
    ...user,
    detached: true,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', STOP_SIGNAL: stopSignal, FOLDER: folder },
  });
  const closed = once(child, 'close');
  let written = '';
  await new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error(`${file} did not start; it wrote:\n${written}`));
    const timer = setTimeout(fail, startTimeoutMs);
    const read = (chunk: Buffer) => {
      written += chunk.toString();
      if (!written.includes(ready)) return;
      clearTimeout(timer);
      resolve();
    };
    for (const output of [child.stdout, child.stderr]) output.on('data', read);
    child.once('exit', fail);
  });
  return async () => {
    child.stdin.end();
    await closed;
  };
}

export async function startPostgres(): Promise<OwnServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
  const user = postgresUser;
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const programs = postgresPrograms ?? '';
  const cluster = ['--pgdata=.', '--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const made = spawnSync(path.join(programs, 'initdb'), cluster, { cwd: folder, ...user, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed:\n${made.stderr}`);
  const port = await freePort();
  const options = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const stop = await start({
    file: path.join(programs, 'postgres'),
    args: ['-D', '.', ...options.flatMap((option) => ['-c', option])],
    folder,
    ready: 'database system is ready to accept connections',
    stopSignal: 'INT',
    user,
  });
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
}

export async function startRedis(): Promise<OwnServer> {
  const port = await freePort();
  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const stop = await start({
    file: path.join(redisPrograms ?? '', 'redis-server'),
    args: options,
    folder: mkdtempSync(path.join(tmpdir(), 'redis-')),
    ready: 'Ready to accept connections',
    stopSignal: 'TERM',
  });
  return { url: `redis://127.0.0.1:${port}/0`, stop };
}
