import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const timeoutMs = 60_000;
// The first commit holds what was planned and runs nothing: no global ignore list, no hooks, no guessed identity.
const ownSettings = [
  'core.excludesFile=/dev/null',
  'core.hooksPath=/dev/null',
  'init.templateDir=',
  'user.useConfigOnly=true',
].flatMap((setting) => ['-c', setting]);

async function git(folder: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    // Variables of a hook that runs us would point git at another repository.
    const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
    const { stdout } = await run('git', ['-C', folder, ...ownSettings, ...args], { env, timeout: timeoutMs });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** True when files in this place would belong to a repository that is there already. */
export async function belongsToRepository(existingParent: string, target: string): Promise<boolean> {
  if ((await git(existingParent, 'rev-parse', '--is-inside-work-tree')) !== 'true') return false;
  return (await git(existingParent, 'check-ignore', '--quiet', target)) === undefined;
}

/** Makes a repository and its first commit; returns what is left to do by hand. */
export async function firstCommit(folder: string, message: string): Promise<string | undefined> {
  const commands = `git init -b main && git add --all && git commit -m "${message}"`;
  if ((await git('.', '--version')) === undefined)
    return `git is not installed, so there is no repository yet. Later: ${commands}`;
  if ((await git(folder, 'var', 'GIT_COMMITTER_IDENT')) === undefined) {
    return `git does not know who you are (git config --global user.name and user.email), so there is no commit yet. Then: ${commands}`;
  }
  const steps = [
    ['init', '--quiet', '-b', 'main'],
    ['add', '--all'],
    ['commit', '--quiet', '-m', message],
  ];
  for (const step of steps) {
    if ((await git(folder, ...step)) === undefined)
      return `git ${step[0]} failed, so there is no commit yet. By hand: ${commands}`;
  }
  return undefined;
}
