import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { expect, it, onTestFinished } from 'vitest';

import { migrate, readFacts, temporaryFolder } from './running-service.ts';

const script = path.join(import.meta.dirname, 'service_manager.py');

/** What a service manager passes on and is told, as systemd does: its stand-in is a program in Python. */
export function serviceManagerContract(directory: string): void {
  const { language, owner, commands } = readFacts(directory);
  // npm would be the process that the socket is meant for.
  const command = language === 'node' ? 'node src/main.ts' : commands.start;

  function managed(descriptors: number) {
    const folder = temporaryFolder();
    const { PATH, HOME } = process.env;
    const settings = { DEPLOY_ENVIRONMENT: 'test', DATABASE_URL: `sqlite:${folder}/orders.db`, HTTP_PORT: '1' };
    const env = { PATH, HOME, ...settings, HEALTH_HISTORY_PATH: `${folder}/history.ndjson` };
    migrate(directory, settings);
    const child = spawn('python3', [script, folder, String(descriptors), ...command.split(' ')], {
      cwd: directory,
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const said: Record<string, unknown>[] = [];
    createInterface(child.stdout).on('line', (line) => said.push(JSON.parse(line) as Record<string, unknown>));
    const ended = once(child, 'exit');
    onTestFinished(async () => {
      child.stdin.end();
      await ended;
      rmSync(folder, { recursive: true });
    });
    const order = (word: 'look' | 'stop') => child.stdin.write(`${word}\n`);
    const until = async (expected: object) => {
      await expect.poll(() => said, { timeout: 20_000 }).toContainEqual(expect.objectContaining(expected));
    };
    return { order, until };
  }

  it.runIf(process.platform === 'linux')(
    'serves on the socket that was passed on, without delay, and tells of start and stop',
    async () => {
      const { order, until } = managed(1);
      await until({ told: 'READY=1' });
      order('look');
      await until({ status: 200, noDelay: true });
      order('stop');
      await until({ told: 'STOPPING=1' });
      await until({ exited: 0, error: '' });
    },
  );

  it('does not start on more than one socket', async () => {
    const { until } = managed(2);
    await until({
      exited: 1,
      error: `StartError: the socket that was passed on cannot be used. The service did not start.
   code      START_SOCKET_UNUSABLE
   got       LISTEN_FDS: "2" (string)
   expected  LISTEN_FDS=1 and a listening stream socket as descriptor 3
   fix       let the service manager pass exactly one such socket (systemd: one ListenStream= in one .socket unit)
   retry     no: the same environment fails again
   owner     ${owner}
`,
    });
  });
}
