import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { ScaffoldError } from '../errors.ts';

import { shellWord } from './shell-word.ts';

const command = 'make setup';

/** What npm and plop have put in front of the user's own programs is none of the service's business. */
function searchPath(): string {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.filter((folder) => !folder.split(path.sep).includes('node_modules')).join(path.delimiter);
}

/**
 * Installs what a service needs by its own command, which is shown; everything is printed on stderr.
 *
 * @throws {ScaffoldError} `SCAFFOLD_INSTALL` when it fails: the service itself is complete.
 */
export async function runSetUp(folder: string): Promise<void> {
  const typed = `cd ${shellWord(folder)} && ${command}`;
  process.stderr.write(`$ ${typed}\n`);
  const env = { ...process.env, PATH: searchPath() };
  const child = spawn('sh', ['-c', command], { cwd: folder, env, stdio: ['ignore', 2, 2] });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (code === 0) return;
  throw new ScaffoldError(
    'SCAFFOLD_INSTALL',
    [`${command} ended with ${signal ?? String(code)}; what it printed is above`, `try again: ${typed}`],
    { target: folder, ...(signal === null ? {} : { signal }) },
  );
}
