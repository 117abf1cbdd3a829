import { spawnSync } from 'node:child_process';

export interface NodeRun {
  /** From before the process is started until it has ended. */
  readonly wallMs: number;
  /** The JSON it wrote. */
  readonly answer: unknown;
}

/** Runs a program in a fresh Node, with exactly the given environment. */
export function runNode(file: string, args: readonly string[], env: Readonly<Record<string, string>>): NodeRun {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { env, encoding: 'utf8' });
  const wallMs = performance.now() - begun;
  if (status !== 0) throw new Error(`${[file, ...args].join(' ')} failed:\n${stderr}`);
  return { wallMs, answer: JSON.parse(stdout) as unknown };
}
