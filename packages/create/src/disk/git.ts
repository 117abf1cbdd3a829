import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';

import { shellWord } from './shell-word.ts';

const timeLimitMs = 60_000;
// Variables of a hook that runs us would point git at another repository.
const notInherited = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_WORK_TREE',
]);

interface GitRun {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

function git(folder: string, ...args: readonly string[]): Promise<GitRun> {
  const inherited = Object.entries(process.env).filter(([name]) => !notInherited.has(name));
  const env = { ...Object.fromEntries(inherited), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  return new Promise((resolve) => {
    execFile('git', ['-C', folder, ...args], { env, timeout: timeLimitMs }, (error, stdout, stderr) =>
      resolve({ ok: error === null, stdout: stdout.trim(), stderr: stderr.trim() }),
    ).stdin?.end();
  });
}

function hasRepositoryAbove(folder: string): boolean {
  if (existsSync(path.join(folder, '.git'))) return true;
  const parent = path.dirname(folder);
  return parent !== folder && hasRepositoryAbove(parent);
}

/** True when files in this place would belong to a repository that is there already. */
export async function belongsToRepository(existingParent: string, target: string): Promise<boolean> {
  // Asking git costs a process; without a folder or a file of this name above there is no repository.
  if (!hasRepositoryAbove(realpathSync(existingParent))) return false;
  const inside = await git(existingParent, 'rev-parse', '--is-inside-work-tree');
  // Where git is missing, does not trust who owns the repository, or does not find the one that a worktree belongs to,
  // it is there all the same: no other goes into it.
  if (!inside.ok) return !/not a git repository \(or any|invalid gitfile format/.test(inside.stderr);
  if (inside.stdout !== 'true') return false;
  // With the slash, a rule for folders applies although there is no folder yet.
  const ignored = await git(existingParent, 'check-ignore', '--quiet', `${target}/`);
  return !ignored.ok;
}

// A guessed identity (root@host) is nobody's; a hook of the user's would judge files that nobody has seen yet.
// A watcher or a maintenance run in the background would go on in a folder that is about to be renamed.
const settings = [
  'user.useConfigOnly=true',
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'gc.auto=0',
  'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);
// The user's own ignore list must not leave a file of the service out; the service's .gitignore applies.
const steps = {
  init: ['init', '--quiet', '--template=', '-b', 'main'],
  add: ['-c', 'core.excludesFile=/dev/null', 'add', '--all'],
  commit: ['commit', '--quiet', '-m'],
};

async function hasIdentity(folder: string): Promise<boolean> {
  const names = ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT'];
  const found = await Promise.all(names.map((name) => git(folder, ...settings, 'var', name)));
  return found.every(({ ok }) => ok);
}

/**
 * Makes a repository and its first commit in a folder, or leaves it without one and returns what is left to do by hand.
 *
 * @param target where the folder will be when somebody reads that
 */
export async function firstCommit(folder: string, message: string, target: string): Promise<string | undefined> {
  const commands = `cd ${shellWord(target)} && git init -b main && git add --all && git commit -m "${message}"`;
  const undo = () => rm(path.join(folder, '.git'), { recursive: true, force: true });
  if (!(await git('.', '--version')).ok)
    return `git is not installed, so there is no repository yet. Later: ${commands}`;
  for (const [step, args] of Object.entries(steps)) {
    const result = await git(folder, ...settings, ...args, ...(step === 'commit' ? [message] : []));
    if (!result.ok) {
      await undo();
      const reason = result.stderr.split('\n').at(-1) ?? '';
      return `git ${step} failed${reason === '' ? '' : ` (${reason})`}, so there is no commit yet. By hand: ${commands}`;
    }
    // Asked inside the new repository: a repository around it, or a rule for folders, would answer for another one.
    if (step === 'init' && !(await hasIdentity(folder))) {
      await undo();
      return `git does not know who you are (git config --global user.name and user.email), so there is no commit yet. Then: ${commands}`;
    }
  }
  return undefined;
}
