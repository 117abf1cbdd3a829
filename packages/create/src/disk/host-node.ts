import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The version of the Node a service will be started with: npm puts a project's own Node first in PATH, so that one is skipped. */
export async function hostNodeVersion(searchPath = process.env['PATH'] ?? ''): Promise<string | undefined> {
  const folders = searchPath.split(path.delimiter).filter((folder) => !folder.split(path.sep).includes('node_modules'));
  try {
    const { stdout } = await run('node', ['--version'], { env: { PATH: folders.join(path.delimiter) } });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** True when this Node runs TypeScript sources directly, as a generated service does: 22.18 and newer. */
export function runsTypeScript(version: string | undefined): boolean {
  const [, major = '0', minor = '0'] = /^v?(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  return Number(major) > 22 || (Number(major) === 22 && Number(minor) >= 18);
}
