import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { onTestFinished } from 'vitest';

import { shellCommands } from '../repository/shell-blocks.ts';
import { logLines, type LogLine } from './running-service.ts';

/** The commands of a RUNBOOK.md by the title of their section; all of them without a title. */
export function runbookCommands(directory: string, title?: string): string[] {
  const runbook = readFileSync(path.join(directory, 'RUNBOOK.md'), 'utf8');
  if (title === undefined) return shellCommands(runbook);
  const [, after = ''] = runbook.split(new RegExp(`^#+ ${title}$`, 'm'));
  const level = new RegExp(`^(#+) ${title}$`, 'm').exec(runbook)?.[1]?.length ?? 0;
  return shellCommands(after.split(new RegExp(`^#{1,${level}} `, 'm'))[0] ?? '');
}

/** Runs a line as a shell does to which it is typed. */
export function runLine(line: string, cwd: string, env: NodeJS.ProcessEnv) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd, env, encoding: 'utf8', timeout: 120_000 });
  return { status, stdout, stderr };
}

/** Starts a line that serves, as a shell does to which it is typed, and waits for the line that names its port. */
export async function startLine(line: string, cwd: string, env: NodeJS.ProcessEnv) {
  // What is typed leads its process group: a shell in between would not, and `timeout` makes one of its own.
  const child = spawn('sh', ['-c', `exec env ${line}`], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'close') as Promise<[number | null]>;
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines: LogLine[] = [];
  const reader = createInterface(child.stdout).on('line', (text) => lines.push(...logLines(text)));
  let hasEnded = false;
  const ended = exited.then(([status]) => {
    hasEnded = true;
    return status;
  });
  const kill = (signal: NodeJS.Signals) => process.kill(-Number(child.pid), signal);
  // Even where the test fails before it has ended.
  onTestFinished(() => void (hasEnded || kill('SIGKILL')));
  await Promise.race([
    once(reader, 'line'),
    exited.then(([status]) => {
      throw new Error(`${line}\nended with ${status} before it listened:\n${errors}`);
    }),
  ]);
  return {
    address: `http://127.0.0.1:${Number(lines[0]?.['port'])}`,
    /** Of the program that was typed. */
    pid: Number(child.pid),
    lines,
    ended,
    /** SIGTERM for what was typed, as `kill` sends it; any other signal for everything that it started, as a terminal does. */
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      if (signal === 'SIGTERM') process.kill(Number(child.pid), signal);
      else kill(signal);
      return ended;
    },
  };
}
