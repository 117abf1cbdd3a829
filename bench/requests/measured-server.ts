import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

import { Load } from './load.ts';
import type { Launch, Program } from './program.ts';

const connections = 16;

/** Nanoseconds on a processor, of all threads: garbage collection is paid for as well. */
function cpuNs(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks)
    .map((thread) => Number(readFileSync(`${tasks}/${thread}/schedstat`, 'utf8').split(' ')[0]))
    .reduce((sum, ns) => sum + ns, 0);
}

/** Keeps a process on one core, where the machine can do so. */
export function pinTo(core: number, pid: number): void {
  spawnSync('taskset', ['-acp', String(core), String(pid)], { stdio: 'ignore' });
}

/** One program in a process of its own, with its connections. */
export class MeasuredServer {
  readonly program: Program;
  readonly #child: ChildProcess;
  readonly #load = new Load();

  private constructor(program: Program, child: ChildProcess) {
    this.program = program;
    this.#child = child;
  }

  static async start(program: Program, { command, args, cwd }: Launch): Promise<MeasuredServer> {
    const child = spawn(command, args, { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
    const server = new MeasuredServer(program, child);
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${program.file} ended with ${String(code)} before it listened`);
    });
    const [port] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string];
    ended.catch(() => undefined);
    pinTo(0, server.#pid);
    await server.#load.open(Number(port), connections);
    return server;
  }

  /** Microseconds of processor time for each of some requests. */
  async cpuUs(requests: number): Promise<number> {
    const before = cpuNs(this.#pid);
    try {
      await this.#load.send(requests);
    } catch (cause) {
      // Its connections close before its end is told.
      await setTimeout(500);
      const { exitCode, signalCode } = this.#child;
      throw new Error(`${this.program.file} answers no more (${exitCode ?? signalCode ?? 'it still runs'})`, { cause });
    }
    return (cpuNs(this.#pid) - before) / requests / 1000;
  }

  stop(): void {
    this.#load.close();
    this.#child.kill();
  }

  get #pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error(`${this.program.file} was not started`);
    return pid;
  }
}
