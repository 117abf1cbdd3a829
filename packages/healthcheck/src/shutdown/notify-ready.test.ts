// A stand-in for the notify socket of a service manager: a datagram socket of the Unix domain, in a program of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { describeWhere, folderOf } from '@seaworthy/test-servers';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import type { HealthError } from '../errors/health-error.ts';
import { nextSignal, send, startStopping } from '../testing/stopping-process.ts';
import { notifyReady } from './notify-ready.ts';

const describeNotify = describeWhere(
  ['python3', 'systemd-notify'].every((program) => folderOf([program]) !== undefined),
  'the programs python3 and systemd-notify',
);

// "@" stands for the NUL before the name of a socket that is no file.
const listen = `
import socket, sys
name = sys.argv[1]
manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
manager.bind("\\0" + name[1:] if name[0] == "@" else name)
print("bound", flush=True)
while True:
    print(*manager.recv(4096).decode().split("\\n"), flush=True)
`;

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'notify-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function startManager(name: string): Promise<{ lines: string[] }> {
  const child = spawn('python3', ['-c', listen, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = createInterface(child.stdout);
  await once(output, 'line');
  const lines: string[] = [];
  // systemd-notify also asks to be answered once its message was read; that has no text a service sends.
  output.on('line', (line) => void (line.includes('BARRIER') || lines.push(line)));
  return { lines };
}

describeNotify('a manager that asked to be told', { timeout: 60_000 }, () => {
  it.each([
    ['by path', () => path.join(newFolder(), 'notify')],
    ['by a name that is no file', () => `@seaworthy-${process.pid}-${Math.random()}`],
  ])('%s, is told when the service listens and when it stops', async (_how, socketName) => {
    const name = socketName();
    const manager = await startManager(name);
    const service = await startStopping({ drainTimeoutMs: 600_000 }, { NOTIFY_SOCKET: name });
    await expect.poll(() => manager.lines, { timeout: 20_000 }).toEqual(['READY=1']);
    service.signal();
    await expect.poll(() => manager.lines, { timeout: 20_000 }).toEqual(['READY=1', 'STOPPING=1']);
    await nextSignal();
    service.signal();
    expect(await service.exited).toBe(0);
    expect(await service.errors).toBe('');
  });

  it('nobody listens: said, and the service goes on', async () => {
    const name = path.join(newFolder(), 'nobody');
    const problems: HealthError[] = [];
    expect(await notifyReady({ NOTIFY_SOCKET: name }, (problem) => void problems.push(problem))).toBe(false);
    expect(problems).toMatchObject([{ name: 'HealthError', code: 'NOTIFY_FAILED', retryable: true }]);
    const service = await startStopping({ drainTimeoutMs: 0 }, { NOTIFY_SOCKET: name });
    await expect.poll(service.errorsSoFar, { timeout: 20_000 }).toContain('NOTIFY_FAILED');
    expect(await send(service.port, '/')).toMatchObject({ status: 200 });
    service.signal();
    expect(await service.exited).toBe(0);
  });
});

describe('nobody asked to be told', () => {
  it.each([{}, { NOTIFY_SOCKET: '' }, { NOTIFY_SOCKET: undefined }])('%j: false, and no program runs', async (env) => {
    const onProblem = vi.fn<() => void>();
    // An empty PATH: a program that was looked for would not be found.
    expect(await notifyReady({ ...env, PATH: newFolder() }, onProblem)).toBe(false);
    expect(onProblem).not.toHaveBeenCalled();
  });
});

describe('the program systemd-notify', () => {
  const programSaying = (script: string): NodeJS.ProcessEnv => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'systemd-notify'), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(folder, 'systemd-notify'), 0o755);
    return { NOTIFY_SOCKET: '/run/notify', PATH: `${folder}:${process.env['PATH']}` };
  };

  async function reasonOf(env: NodeJS.ProcessEnv): Promise<string> {
    let reason = '';
    expect(await notifyReady(env, ({ message }) => void (reason = message))).toBe(false);
    return reason;
  }

  it('missing is said, with what to do', async () => {
    expect(await reasonOf({ NOTIFY_SOCKET: '/run/notify', PATH: newFolder() })).toMatchInlineSnapshot(`
      "the service manager was not told. The service goes on; the manager may stop it when its time is over.

      1. systemd-notify READY=1  NOTIFY_FAILED
         got       no such program
         expected  a systemd-notify in PATH that reaches the socket NOTIFY_SOCKET names within 5 s
         fix       install systemd-notify, or take Type=notify (podman: --sdnotify=conmon) out of the unit; with a user of its own the unit needs NotifyAccess=all
         retry     yes: when the program is there
         owner     whoever runs the service"
    `);
  });

  it('that fails or does not end is said; the start never waits for it', { timeout: 30_000 }, async () => {
    expect(await reasonOf(programSaying('exit 3'))).toMatch(/systemd-notify READY=1 [^]*got +exit code 3\n/);
    expect(await reasonOf(programSaying('exec sleep 60'))).toContain('no answer in time');
  });

  it('gets the message and the socket, and none of the other variables', async () => {
    const folder = newFolder();
    const file = path.join(folder, 'out');
    const env = { ...programSaying(`echo "$*|$NOTIFY_SOCKET|$A_SECRET" > ${file}`), A_SECRET: 'a-secret' };
    expect(await notifyReady(env)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('READY=1|/run/notify|\n');
  });

  it('a broken onProblem changes nothing', async () => {
    const onProblem = () => {
      throw new Error('no');
    };
    expect(await notifyReady({ NOTIFY_SOCKET: '/run/notify', PATH: newFolder() }, onProblem)).toBe(false);
  });

  it('without onProblem it is said on the standard error output', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await notifyReady({ NOTIFY_SOCKET: '/run/notify', PATH: newFolder() });
    await vi.waitFor(() => expect(write).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('NOTIFY_FAILED')));
  });
});
