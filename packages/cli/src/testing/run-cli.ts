import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const program = path.resolve(import.meta.dirname, '../cli.ts');

export interface CliOptions {
  readonly directory: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts the command as a process of its own, as somebody would from a shell. */
export function startCli(words: readonly string[], { directory, env = {} }: CliOptions) {
  const child = spawn(process.execPath, [program, ...words], {
    cwd: directory,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([exitCode]) => ({ stdout, stderr, exitCode: exitCode as number | null }));
  return { child, ended };
}

export function runCli(words: readonly string[], options: CliOptions) {
  return startCli(words, options).ended;
}
