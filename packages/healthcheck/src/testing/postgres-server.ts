import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Pool } from 'pg';

import { describeWhere, folderOf } from './programs.ts';

const startTimeoutMs = 60_000;
const ready = 'database system is ready to accept connections';
const programs = folderOf(['initdb', 'postgres']);
// PostgreSQL refuses to run as root.
const isRoot = process.getuid?.() === 0;
const user = isRoot ? userNamed('postgres') : undefined;

export const describePostgres = describeWhere(
  programs !== undefined && (!isRoot || user !== undefined),
  'PostgreSQL: the programs initdb and postgres, and as root the user postgres',
);

/** A PostgreSQL of its own, in a temporary folder and on a free port of 127.0.0.1. */
export interface PostgresServer {
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly user: string;
  };
  stop(): Promise<void>;
}

function userNamed(name: string): { readonly uid: number; readonly gid: number } | undefined {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' })));
    return uid === undefined || gid === undefined ? undefined : { uid, gid };
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

function createCluster(folder: string): void {
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const args = ['--pgdata=.', '--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const { status, stderr } = spawnSync(path.join(programs ?? '', 'initdb'), args, {
    cwd: folder,
    ...user,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  if (status !== 0) throw new Error(`initdb failed:\n${stderr}`);
}

// Its input ends when the tests stop it, and also when they are killed themselves: nothing outlives them.
const untilInputEnds = `
  exec 3<&0
  "$0" "$@" </dev/null 3<&- & server=$!
  { cat <&3; kill -INT "$server"; } >/dev/null 2>&1 &
  wait "$server"
  cd / && rm -rf "$FOLDER"
`;

export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
  try {
    createCluster(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const port = await freePort();
  const options = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const args = [
    '-D',
    '.',
    ...[...options, 'autovacuum=off', 'shared_buffers=16MB'].flatMap((option) => ['-c', option]),
  ];
  const child = spawn('sh', ['-c', untilInputEnds, path.join(programs ?? '', 'postgres'), ...args], {
    cwd: folder,
    ...user,
    // Of its own process group: a Ctrl-C reaches the tests alone, and the end of the input does the rest.
    detached: true,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', FOLDER: folder },
  });
  const closed = once(child, 'close');
  const stop = async () => {
    child.stdin.end();
    await closed;
  };
  let written = '';
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.stderr.on('data', (chunk: Buffer) => {
    written += chunk.toString();
    if (written.includes(ready)) resolve();
  });
  child.once('exit', () => reject(new Error(`PostgreSQL ended; it wrote:\n${written}`)));
  const timer = setTimeout(() => reject(new Error(`PostgreSQL is not ready; it wrote:\n${written}`)), startTimeoutMs);
  try {
    await promise;
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return { connection: { host: '127.0.0.1', port, database: 'postgres', user: 'postgres' }, stop };
}

export function openPool({ connection }: PostgresServer): Pool {
  // A connection that is still closing when the server stops hears about it, and nobody is there to listen.
  return new Pool(connection).on('error', () => undefined);
}
