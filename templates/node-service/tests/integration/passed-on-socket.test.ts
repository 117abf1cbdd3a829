import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';

import { expect, it } from 'vitest';

import { environment, migrate, root, startService, temporaryFolder } from './started-service.ts';

/** Node passes descriptors on and tells none: it stands where no type names it. */
function descriptorOf(server: Server): number {
  return (Reflect.get(server, '_handle') as { fd: number }).fd;
}

it(
  'takes over the socket that a service manager passes on, and tells it of start and stop',
  { timeout: 30_000 },
  async () => {
    const folder = temporaryFolder();
    const told = `${folder}/told`;
    // In the place of systemd's own program: writes down what it is asked to send.
    writeFileSync(`${folder}/systemd-notify`, '#!/bin/sh\necho "$1" >> "$NOTIFY_SOCKET"\n', { mode: 0o755 });
    const manager = createServer().listen(0, '127.0.0.1');
    await once(manager, 'listening');
    const { port } = manager.address() as AddressInfo;
    // The shell becomes the service, so its process id is the one that the socket is meant for.
    const command = `env LISTEN_FDS=1 LISTEN_PID=$$ "${process.execPath}" src/main.ts`;
    const service = await startService(command, {
      folder,
      env: { PATH: `${folder}:${process.env['PATH']}`, NOTIFY_SOCKET: told },
      passOn: descriptorOf(manager),
    });
    manager.close();
    expect(service.address).toBe(`http://127.0.0.1:${port}`);
    expect((await fetch(`${service.address}/readyz`)).status).toBe(200);
    await expect.poll(() => readFileSync(told, 'utf8')).toBe('READY=1\n');
    expect(await service.stop()).toEqual([0, null]);
    await expect.poll(() => readFileSync(told, 'utf8')).toBe('READY=1\nSTOPPING=1\n');
  },
);

it.each([
  ['LISTEN_FDS=2', 'LISTEN_FDS: "2" (string)'],
  ['LISTEN_FDS=1', 'descriptor 3: no socket'],
])('does not start on what is no single socket: %s', { timeout: 30_000 }, (passedOn, got) => {
  const env = environment(temporaryFolder());
  migrate(env);
  const command = `exec env ${passedOn} LISTEN_PID=$$ "${process.execPath}" src/main.ts`;
  const stdio = ['ignore', 'pipe', 'pipe', 'ignore'] as const;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: root,
    env,
    stdio: [...stdio],
    encoding: 'utf8',
  });
  expect(stderr).toMatch(/^StartError: the socket that was passed on cannot be used\. The service did not start\.\n/);
  expect(stderr).toContain(`\n   code      START_SOCKET_UNUSABLE\n   got       ${got}\n`);
  expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
});
