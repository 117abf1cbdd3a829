import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { freePort } from './free-port.ts';
import { describeWhere, folderOf } from './programs.ts';
import { startProcess, type ServerProcess } from './server-process.ts';

const programs = folderOf(['redis-server']);

export const describeRedis = describeWhere(programs !== undefined, 'the program redis-server');

/** A Redis of its own, in a temporary folder and on a free port of 127.0.0.1; it keeps nothing. */
export interface RedisServer extends ServerProcess {
  readonly connection: { readonly host: string; readonly port: number };
}

/** @param settings - parameters of `redis-server`, such as `{ 'maxmemory-policy': 'noeviction' }` */
export async function startRedis(settings: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
  const port = await freePort();
  const parameters = {
    port: String(port),
    bind: '127.0.0.1',
    save: '',
    appendonly: 'no',
    daemonize: 'no',
    ...settings,
  };
  const server = await startProcess({
    file: path.join(programs ?? '', 'redis-server'),
    args: Object.entries(parameters).flatMap(([name, value]) => [`--${name}`, value]),
    folder: mkdtempSync(path.join(tmpdir(), 'redis-')),
    ready: 'Ready to accept connections',
    stopSignal: 'TERM',
  });
  return { ...server, connection: { host: '127.0.0.1', port } };
}
