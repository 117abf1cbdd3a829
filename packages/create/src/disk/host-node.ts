import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** A version manager's stand-in for `node` may install one first, or ask; this is for the answer alone. */
const timeLimitMs = 10_000;

/** The file that the name `node` stands for. */
function firstNode(folders: readonly string[]): string | undefined {
  const found = folders.map((folder) => path.join(folder, 'node')).find((file) => existsSync(file));
  return found === undefined ? undefined : realpathSync(found);
}

/** The version of the Node a service will be started with: npm puts a project's own Node first in PATH, so that one is skipped. */
export async function hostNodeVersion(searchPath = process.env['PATH'] ?? ''): Promise<string | undefined> {
  const folders = searchPath.split(path.delimiter).filter((folder) => !folder.split(path.sep).includes('node_modules'));
  if (firstNode(folders) === realpathSync(process.execPath)) return process.version;
  try {
    // What this run was given on top may be nothing that another Node takes.
    const env = { ...process.env, NODE_OPTIONS: undefined, PATH: folders.join(path.delimiter) };
    const running = run('node', ['--version'], { env, timeout: timeLimitMs, killSignal: 'SIGKILL' });
    running.child.stdin?.end();
    return (await running).stdout.trim();
  } catch {
    return undefined;
  }
}

/** True when this Node runs TypeScript sources directly, as a generated service does: 22.18 and newer. */
export function runsTypeScript(version: string | undefined): boolean {
  const [, major = '0', minor = '0'] = /^v?(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  return Number(major) > 22 || (Number(major) === 22 && Number(minor) >= 18);
}
