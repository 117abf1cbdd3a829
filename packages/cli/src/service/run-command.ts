import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

import { onSignal } from './on-signal.ts';
import { atMost, endGroup } from './process-group.ts';

export interface CommandOptions {
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** How much each of the two outputs may hold. */
  readonly limitBytes: number;
}

/** Why a command was ended from outside: its time was over, it printed too much, or a signal came for us. */
export type EndReason = 'timeout' | 'output' | NodeJS.Signals;

export interface CommandOutcome {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly ended: EndReason | undefined;
}

function collect(stream: Readable, limitBytes: number, tooMuch: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
    else tooMuch();
  });
  return () => Buffer.concat(chunks);
}

/**
 * Runs a line for a shell to its end, with more words behind it: they are arguments, never text of the shell.
 *
 * It gets a process group of its own, so that no process of a command that is ended stays behind.
 */
export async function runCommand(
  line: string,
  words: readonly string[],
  { directory, env, timeoutMs, limitBytes }: CommandOptions,
): Promise<CommandOutcome> {
  const { promise: stop, resolve: end } = Promise.withResolvers<EndReason>();
  // Before the command runs: a signal that comes while it starts must end it too.
  const letThrough = onSignal(end);
  const child = spawn('sh', ['-c', `${line} "$@"`, 'sh', ...words], {
    cwd: directory,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) {
    letThrough();
    throw (await once(child, 'error'))[0];
  }

  const stdout = collect(child.stdout, limitBytes, () => end('output'));
  const stderr = collect(child.stderr, limitBytes, () => end('output'));
  const timer = setTimeout(end, timeoutMs, 'timeout');
  let open = true;
  const closed = once(child, 'close').then(() => (open = false));
  // A process that the command left behind can hold the outputs open for ever; the answer is there when it ends.
  const finished = once(child, 'exit').then(() => atMost(1_000, closed));

  const ended = await Promise.race([finished.then(() => undefined), stop]);
  clearTimeout(timer);
  if (ended !== undefined || open) await endGroup(pid, closed);
  await atMost(200, closed);
  letThrough();
  child.stdout.destroy();
  child.stderr.destroy();
  child.unref();
  return { exitCode: child.exitCode, signal: child.signalCode, stdout: stdout(), stderr: stderr(), ended };
}
