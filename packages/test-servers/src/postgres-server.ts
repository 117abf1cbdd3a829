import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { freePort } from './free-port.ts';
import { describeWhere, folderOf, userNamed } from './programs.ts';
import { startProcess, type ServerProcess } from './server-process.ts';

const programs = folderOf(['initdb', 'postgres']);
// PostgreSQL refuses to run as root.
const isRoot = process.getuid?.() === 0;
const user = isRoot ? userNamed('postgres') : undefined;

export const describePostgres = describeWhere(
  programs !== undefined && (!isRoot || user !== undefined),
  'PostgreSQL: the programs initdb and postgres, and as root the user postgres',
);

/** A PostgreSQL of its own, in a temporary folder and on a free port of 127.0.0.1. */
export interface PostgresServer extends ServerProcess {
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly user: string;
  };
}

function createCluster(folder: string): void {
  const args = ['--pgdata=.', '--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const { status, stderr } = spawnSync(path.join(programs ?? '', 'initdb'), args, {
    cwd: folder,
    ...user,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  if (status !== 0) throw new Error(`initdb failed:\n${stderr}`);
}

export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
  try {
    if (user !== undefined) chownSync(folder, user.uid, user.gid);
    createCluster(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const port = await freePort();
  const options = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'full_page_writes=off',
    'autovacuum=off',
    'shared_buffers=16MB',
  ];
  const server = await startProcess({
    file: path.join(programs ?? '', 'postgres'),
    args: ['-D', '.', ...options.flatMap((option) => ['-c', option])],
    folder,
    ...(user === undefined ? {} : { user }),
    ready: 'database system is ready to accept connections',
    // "Fast": sessions are ended, not waited for.
    stopSignal: 'INT',
  });
  return { ...server, connection: { host: '127.0.0.1', port, database: 'postgres', user: 'postgres' } };
}
