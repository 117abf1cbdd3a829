import { spawn, type ChildProcess } from 'node:child_process';

const startTimeoutMs = 60_000;

interface Program {
  readonly file: string;
  readonly args: readonly string[];
  /** Where it runs and keeps its data; removed when it stops. */
  readonly folder: string;
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Variables besides PATH; nothing else of this process is passed on. */
  readonly env?: Readonly<NodeJS.ProcessEnv>;
  /** What it writes once it takes connections. */
  readonly ready: string;
  /** `INT`, `TERM`, … */
  readonly stopSignal: string;
}

/** A program that runs until it is stopped, and never longer than the tests. */
export interface ServerProcess {
  stop(): Promise<void>;
}

// Its input ends when the tests stop the program, and also when they are killed themselves: nothing outlives them.
const untilInputEnds = `
  exec 3<&0
  "$0" "$@" </dev/null 3<&- & server=$!
  { read -r _ <&3; kill -"$STOP_SIGNAL" "$server"; } >/dev/null 2>&1 &
  wait "$server"
  cd / && rm -rf "$FOLDER"
`;

async function untilReady(child: ChildProcess, { file, ready }: Program): Promise<void> {
  let written = '';
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (why: string) => reject(new Error(`${file} ${why}; it wrote:\n${written}`));
  const timer = setTimeout(fail, startTimeoutMs, 'is not ready after a minute');
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (chunk: Buffer) => {
      written += chunk.toString();
      if (written.includes(ready)) resolve();
    });
  }
  child.once('error', reject);
  child.once('exit', () => fail('ended'));
  try {
    await promise;
  } finally {
    clearTimeout(timer);
  }
}

/** Starts a program and waits until it is ready. */
export async function startProcess(program: Program): Promise<ServerProcess> {
  const { file, args, folder, user, env, stopSignal } = program;
  const child = spawn('sh', ['-c', untilInputEnds, file, ...args], {
    cwd: folder,
    ...user,
    // Of its own process group: a Ctrl-C reaches the tests alone, and the end of the input does the rest.
    detached: true,
    env: { ...env, PATH: process.env['PATH'], LC_ALL: 'C', STOP_SIGNAL: stopSignal, FOLDER: folder },
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.stdin.end();
    await closed;
  };
  try {
    await untilReady(child, program);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}
