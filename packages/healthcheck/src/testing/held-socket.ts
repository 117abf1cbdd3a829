import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { describeWhere, folderOf } from '@seaworthy/test-servers';
import { onTestFinished } from 'vitest';

import { serviceProgram } from './stopping-process.ts';

export const describePython = describeWhere(folderOf(['python3']) !== undefined, 'the program python3');

export interface HeldSocket {
  readonly port: number;
  /** Starts one more service on the socket, waits until it listens, and resolves with its process id. */
  start(): Promise<number>;
  /** Waits for this line of a service, or `exited CODE`. */
  until(line: string): Promise<void>;
}

/** A listening socket of another program, which passes it to each service it starts; all end with the test. */
export async function holdSocket(settings: object, env: NodeJS.ProcessEnv = {}): Promise<HeldSocket> {
  const program = path.join(import.meta.dirname, 'hold-socket.py');
  const child = spawn('python3', [program, process.execPath, serviceProgram, JSON.stringify(settings)], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    const exited = once(child, 'exit');
    child.stdin.end();
    await exited;
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { done, value } = await lines.next();
    if (done === true) throw new Error('the program that holds the socket has ended');
    return value;
  };
  return {
    port: Number(await nextLine()),
    async start() {
      child.stdin.write('start\n');
      return (JSON.parse(await nextLine()) as { pid: number }).pid;
    },
    async until(line) {
      // oxlint-disable-next-line no-await-in-loop -- one line after the other
      while ((await nextLine()) !== line);
    },
  };
}
