import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Installs the pinned peers into an environment of their own, unless they are there already; returns their versions. */
export function installPythonPeers(folder: string): Readonly<Record<string, string>> {
  const wanted = readFileSync(path.join(folder, 'requirements.txt'), 'utf8');
  const stamp = path.join(folder, '.venv/installed-requirements.txt');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    run('python3', ['-m', 'venv', '--clear', '.venv'], folder);
    run('.venv/bin/python', ['-m', 'pip', 'install', '--quiet', '--requirement', 'requirements.txt'], folder);
    writeFileSync(stamp, wanted);
  }
  return Object.fromEntries(
    wanted
      .trim()
      .split('\n')
      .map((line): [string, string] => {
        const [name = '', version = ''] = line.split('==');
        return [name, version];
      }),
  );
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed in ${cwd}`);
}
