import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { onTestFinished } from 'vitest';

/** A running `http-service.ts`. */
export interface HttpService {
  readonly address: { readonly address: string; readonly port: number };
  /** Sends SIGTERM. */
  terminate(): void;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
}

/** Starts `http-service.ts` with this environment and waits until it listens; it ends with the test. */
export async function runHttpService(
  env: Readonly<Record<string, string>>,
  framework: 'node' | 'fastify' = 'node',
): Promise<HttpService> {
  const program = path.join(import.meta.dirname, 'http-service.ts');
  const child = spawn(process.execPath, [program, framework], {
    env: { PATH: process.env['PATH'], DEPLOY_ENVIRONMENT: 'production', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit').then(([status]) => status as number | null);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    address: JSON.parse(line) as HttpService['address'],
    terminate: () => void child.kill('SIGTERM'),
    exited,
  };
}
