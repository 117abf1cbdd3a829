import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

import { onTestFinished } from 'vitest';

export const serviceProgram = path.join(import.meta.dirname, 'stopping-service.ts');

/** Waits until another signal counts: within a second of the last one it is taken for the same. */
export const nextSignal = () => delay(1100);

export interface StoppingProcess {
  readonly port: number;
  signal(name?: NodeJS.Signals): void;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
  /** What it wrote on the standard error output until it ended. */
  readonly errors: Promise<string>;
  readonly errorsSoFar: () => string;
  /** What it wrote after its address. */
  readonly lines: string[];
}

/** Starts `stopping-service.ts` and waits until it listens; it ends with the test. */
export async function startStopping(settings: object, env: NodeJS.ProcessEnv = {}): Promise<StoppingProcess> {
  const child = spawn(process.execPath, [serviceProgram, JSON.stringify(settings)], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: 'pipe',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  let written = '';
  child.stderr.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const errors = once(child.stderr, 'close').then(() => written);
  const output = createInterface(child.stdout);
  const first = (await Promise.race([once(output, 'line'), exited])) as [string] | number | null;
  if (!Array.isArray(first)) throw new Error(`the service did not start: ${await errors}`);
  const lines: string[] = [];
  output.on('line', (line) => lines.push(line));
  const { port } = JSON.parse(first[0]) as { port: number };
  return {
    port,
    signal: (name = 'SIGTERM') => void child.kill(name),
    exited,
    errors,
    errorsSoFar: () => written,
    lines,
  };
}

export interface Answer {
  readonly status: number | undefined;
  /** Whether the connection ends with it. */
  readonly closes: boolean;
  readonly body: string;
}

/** One request on a connection of this agent. */
export async function send(port: number, url: string, agent?: Agent, body?: string): Promise<Answer> {
  const sent = request({ host: '127.0.0.1', port, path: url, method: body === undefined ? 'GET' : 'POST', agent });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, closes: response.headers.connection === 'close', body: await text(response) };
}

/** A connection of its own, kept between requests. */
export function keepAlive(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return agent;
}

/** A connection that writes these bytes and nothing more. */
export async function rawConnection(port: number, bytes = ''): Promise<{ socket: Socket; ended: Promise<string> }> {
  const socket = connect(port, '127.0.0.1');
  // A server that cuts the connection off is what some tests wait for.
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  const ended = new Promise<string>((resolve) => {
    let received = '';
    socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
    socket.once('close', () => resolve(received));
  });
  if (bytes !== '') socket.write(bytes);
  return { socket, ended };
}
