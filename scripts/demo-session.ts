import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const redirecting =
  /^(npm_|INIT_CWD$|HTTP_(?!PROXY$)|LOG_|DEPLOY_ENVIRONMENT$|DATABASE_URL$|HEALTH_TOKEN$|RELEASE_ID$|ORDER_CACHE_TTL$)/;

/** Commands and servers of the demo run outside this repository's own environment: npm's variables and settings of other services would redirect theirs. */
export function plainEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !redirecting.test(name));
  const path = (process.env['PATH'] ?? '').split(':').filter((folder) => !folder.includes('node_modules'));
  return { ...Object.fromEntries(entries), PATH: path.join(':'), ...extra };
}

/** Runs a command and shows what it prints; ends the demo when it fails and `mayFail` is not given. */
export async function runShown(
  command: string,
  cwd: string,
  options: { mayFail?: boolean; quiet?: boolean } = {},
): Promise<string> {
  process.stdout.write(`\n$ ${command}\n`);
  const child = spawn('sh', ['-c', command], { cwd, env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (options.quiet !== true || (code !== 0 && options.mayFail !== true)) process.stdout.write(output);
  if (code !== 0 && options.mayFail !== true) throw new Error(`"${command}" ended with ${code}`);
  return output;
}

export interface StartedService {
  readonly address: string;
  readonly process: ChildProcess;
  /** Sends SIGTERM and returns the exit code. */
  stop(): Promise<number | null>;
}

/** Starts the service by the command its service.json names. */
export async function startShown(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<StartedService> {
  process.stdout.write(`\n$ ${command}\n`);
  const child = spawn('sh', ['-c', `exec ${command}`], {
    cwd,
    env: plainEnvironment(env),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const reader = createInterface(child.stdout);
  const [line] = (await Promise.race([once(reader, 'line'), exited.then(() => ['{}'])])) as [string];
  const { port } = JSON.parse(line) as { port?: number };
  if (port === undefined) throw new Error('the service ended before it listened');
  process.stdout.write(`${line}\n`);
  return {
    address: `http://127.0.0.1:${port}`,
    process: child,
    async stop() {
      child.kill('SIGTERM');
      return (await exited)[0];
    },
  };
}
