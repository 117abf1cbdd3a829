import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface GitFolder {
  readonly folder: string;
  /** Text as it is, anything else as JSON. */
  write(file: string, contents: unknown): void;
  git(...args: string[]): string;
  commit(): void;
  /** Runs a script with Node in the folder. */
  run(script: string, ...args: string[]): { readonly status: number | null; readonly output: string };
  remove(): void;
}

/** A temporary folder for a real git repository; `git('init')` makes it one. */
export function gitFolder(prefix: string): GitFolder {
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  const git = (...args: string[]) => {
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@localhost'];
    return execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'pipe', encoding: 'utf8' });
  };
  return {
    folder,
    git,
    write(file, contents) {
      const target = path.join(folder, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, typeof contents === 'string' ? contents : JSON.stringify(contents));
    },
    commit() {
      git('add', '--all');
      git('commit', '--quiet', '--message', 'a change');
    },
    run(script, ...args) {
      const { status, stdout, stderr } = spawnSync('node', [script, ...args], { cwd: folder, encoding: 'utf8' });
      return { status, output: stdout + stderr };
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A changeset that asks for a patch, or another part, of each package. */
export function changesetFor(names: readonly string[], part: 'minor' | 'patch' = 'patch'): string {
  return `---\n${names.map((name) => `"${name}": ${part}\n`).join('')}---\n\nText.\n`;
}
