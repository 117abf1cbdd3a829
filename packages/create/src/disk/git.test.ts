import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { beforeEach, describe, expect, it, vi } from 'vitest';

import { gitIn, stubGitConfig } from '../../fixtures/git.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

import { belongsToRepository, firstCommit } from './git.ts';

function newService(): string {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'vendor'));
  const files = { '.gitignore': 'var/\nignored.txt\n', 'ignored.txt': '', 'vendor/a.tgz': 'tarball', 'b.txt': '' };
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
  return folder;
}

function executable(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

/** Puts a shell script in front of git, which is given where the real one is. */
function wrapGit(script: (git: string) => string): void {
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const tools = temporaryFolder();
  executable(path.join(tools, 'git'), script(git));
  vi.stubEnv('PATH', [tools, process.env['PATH']].join(path.delimiter));
}

/** The first commit in a folder that stays where it is. */
function commitIn(folder: string, message = 'Start'): Promise<string | undefined> {
  return firstCommit(folder, message, folder);
}

beforeEach(() => stubGitConfig());

describe('firstCommit', () => {
  it('makes a repository with one commit on main', async () => {
    const folder = newService();
    expect(await commitIn(folder, 'Start orders-api')).toBeUndefined();
    expect(gitIn(folder, 'log', '--format=%an <%ae> %s')).toBe('Test <test@example.org> Start orders-api');
    expect(gitIn(folder, 'branch', '--show-current')).toBe('main');
    expect(gitIn(folder, 'status', '--porcelain')).toBe('');
    expect(gitIn(folder, 'ls-files').split('\n')).toEqual(['.gitignore', 'b.txt', 'vendor/a.tgz']);
  });

  it("keeps what only the user's own list ignores", async () => {
    const list = path.join(temporaryFolder(), 'ignore');
    writeFileSync(list, '*.tgz\nvendor/\n');
    stubGitConfig(`[user]\nname = T\nemail = t@example.org\n[core]\nexcludesFile = ${list}\n`);
    const folder = newService();
    expect(await commitIn(folder)).toBeUndefined();
    expect(gitIn(folder, 'ls-files').split('\n')).toEqual(['.gitignore', 'b.txt', 'vendor/a.tgz']);
  });

  it("runs no hook of the user's, from a template or from a folder of hooks", async () => {
    const own = temporaryFolder();
    const ran = path.join(own, 'ran');
    for (const hooks of ['template/hooks', 'hooks'])
      executable(path.join(own, hooks, 'pre-commit'), `: > ${ran}; exit 1`);
    const settings = `[init]\ntemplateDir = ${own}/template\n[core]\nhooksPath = ${own}/hooks\n`;
    stubGitConfig(`[user]\nname = T\nemail = t@example.org\n${settings}`);
    vi.stubEnv('GIT_TEMPLATE_DIR', path.join(own, 'template'));
    const folder = newService();
    expect(await commitIn(folder)).toBeUndefined();
    expect(existsSync(ran)).toBe(false);
    expect(existsSync(path.join(folder, '.git/hooks'))).toBe(false);
  });

  it('is not led astray by the variables of a hook that runs us', async () => {
    const other = temporaryFolder();
    gitIn(other, 'init', '--quiet');
    vi.stubEnv('GIT_DIR', path.join(other, '.git'));
    vi.stubEnv('GIT_WORK_TREE', other);
    vi.stubEnv('GIT_INDEX_FILE', path.join(other, 'index'));
    const folder = newService();
    expect(await commitIn(folder)).toBeUndefined();
    vi.unstubAllEnvs();
    expect(gitIn(folder, 'rev-list', '--count', 'HEAD')).toBe('1');
    expect(existsSync(path.join(other, 'index'))).toBe(false);
  });

  it.each([
    ['nobody', ''],
    ['a name without an address', '[user]\nname = T\n'],
  ])('leaves the commit to the user when git knows %s', async (_who, settings) => {
    stubGitConfig(settings);
    const folder = newService();
    const note = await commitIn(folder);
    expect(note).toContain('git does not know who you are');
    expect(note).toContain(`Then: cd ${folder} && git init -b main && git add --all && git commit -m "Start"`);
    expect(existsSync(path.join(folder, '.git'))).toBe(false);
  });

  it('leaves commands that make the commit from anywhere, when the folder is in its place', async () => {
    stubGitConfig('');
    const folder = newService();
    const place = path.join(temporaryFolder(), "the team's services/orders-api");
    const note = await firstCommit(folder, 'Start orders-api', place);
    mkdirSync(path.dirname(place));
    renameSync(folder, place);
    stubGitConfig();
    const commands = /Then: (.+)$/.exec(note ?? '')?.[1] ?? '';
    execFileSync('sh', ['-c', commands], { cwd: temporaryFolder(), stdio: 'pipe' });
    expect(gitIn(place, 'log', '--format=%s')).toBe('Start orders-api');
  });

  it('takes no guess for an identity: the name of the login', async () => {
    stubGitConfig('');
    vi.stubEnv('EMAIL', 'guessed@example.org');
    expect(await commitIn(newService())).toContain('git does not know who you are');
  });

  it('takes no identity from a repository around the place, and takes one that is given for the place', async () => {
    stubGitConfig('');
    const around = temporaryFolder();
    gitIn(around, 'init', '--quiet');
    for (const setting of ['user.name', 'user.email']) gitIn(around, 'config', setting, 'around@example.org');
    const folder = path.join(around, 'inner');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'a.txt'), '');
    expect(await commitIn(folder)).toContain('git does not know who you are');

    const identity = path.join(temporaryFolder(), 'identity');
    writeFileSync(identity, '[user]\nname = Placed\nemail = placed@example.org\n');
    stubGitConfig(`[includeIf "gitdir:${around}/"]\npath = ${identity}\n`);
    expect(await commitIn(folder)).toBeUndefined();
    expect(gitIn(folder, 'log', '--format=%an')).toBe('Placed');
  });

  it('takes an identity from the environment', async () => {
    stubGitConfig('');
    for (const role of ['AUTHOR', 'COMMITTER']) {
      vi.stubEnv(`GIT_${role}_NAME`, 'Env');
      vi.stubEnv(`GIT_${role}_EMAIL`, 'env@example.org');
    }
    const folder = newService();
    expect(await commitIn(folder)).toBeUndefined();
    expect(gitIn(folder, 'log', '--format=%ae %ce')).toBe('env@example.org env@example.org');
  });

  it('says so when there is no git', async () => {
    vi.stubEnv('PATH', temporaryFolder());
    const folder = newService();
    expect(await commitIn(folder)).toContain('git is not installed');
    expect(existsSync(path.join(folder, '.git'))).toBe(false);
  });

  it('says which step failed, and why', async () => {
    stubGitConfig(
      '[user]\nname = T\nemail = t@example.org\n[commit]\ngpgSign = true\n[gpg]\nprogram = /nowhere/no-such-gpg\n',
    );
    const folder = newService();
    const note = await commitIn(folder);
    expect(note).toMatch(/^git commit failed \(.+\), so there is no commit yet\. By hand: cd \/.+ && git init/);
    expect(existsSync(path.join(folder, '.git'))).toBe(false);
  });

  it.each(['init', 'add', 'commit'])('leaves no repository behind when the step %s fails', async (step) => {
    const fails = 'echo "fatal: No space left on device" >&2; exit 128';
    wrapGit((git) => `${git} "$@" || exit\ncase " $* " in *" ${step} "*) ${fails};; esac`);
    const folder = newService();
    const before = readdirSync(folder);
    expect(await commitIn(folder)).toBe(
      `git ${step} failed (fatal: No space left on device), so there is no commit yet. By hand: cd ${folder} && git init -b main && git add --all && git commit -m "Start"`,
    );
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe('belongsToRepository', () => {
  it('is false outside a repository', async () => {
    const folder = temporaryFolder();
    expect(await belongsToRepository(folder, path.join(folder, 'ab'))).toBe(false);
  });

  it('is true below one that cannot be asked, for git is missing: no other is put into it', async () => {
    const folder = temporaryFolder();
    gitIn(folder, 'init', '--quiet');
    vi.stubEnv('PATH', temporaryFolder());
    expect(await belongsToRepository(folder, path.join(folder, 'ab'))).toBe(true);
  });

  it('is true below one of somebody else, which git refuses', async () => {
    const folder = temporaryFolder();
    gitIn(folder, 'init', '--quiet');
    // Only root can give a folder away; for the others git has this variable, for tests of its own.
    if (process.getuid?.() === 0)
      for (const owned of [folder, path.join(folder, '.git')]) chownSync(owned, 65_534, 65_534);
    else vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
    expect(() => gitIn(folder, 'rev-parse')).toThrow('safe.directory');
    expect(await belongsToRepository(folder, path.join(folder, 'ab'))).toBe(true);
  });

  it.each([
    ['an empty folder', (place: string) => mkdirSync(place)],
    ['a file of something else', (place: string) => writeFileSync(place, 'garbage\n')],
  ])('is false where .git is %s', async (_what, put) => {
    const folder = temporaryFolder();
    put(path.join(folder, '.git'));
    expect(await belongsToRepository(folder, path.join(folder, 'ab'))).toBe(false);
  });

  it('is true in a worktree whose repository is not found, as in a container that has not mounted it', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, '.git'), 'gitdir: /nowhere\n');
    expect(await belongsToRepository(folder, path.join(folder, 'ab'))).toBe(true);
  });

  it('is told by what git says in English, whatever the user speaks', async () => {
    vi.stubEnv('LC_ALL', 'de_DE.UTF-8');
    const german = 'echo "Schwerwiegend: Kein Git-Repository" >&2; exit 128';
    wrapGit((git) => `[ "$LC_ALL" = C ] || { ${german}; }\nexec ${git} "$@"`);
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, '.git'));
    expect(await belongsToRepository(folder, path.join(folder, 'ab'))).toBe(false);
  });

  it('is true inside one, unless the place is ignored there', async () => {
    const folder = temporaryFolder();
    gitIn(folder, 'init', '--quiet');
    writeFileSync(path.join(folder, '.gitignore'), 'services/\nlocal-service/\n');
    expect(await belongsToRepository(folder, path.join(folder, 'ab'))).toBe(true);
    expect(await belongsToRepository(folder, path.join(folder, 'more/ab'))).toBe(true);
    expect(await belongsToRepository(folder, path.join(folder, 'services/ab'))).toBe(false);
    expect(await belongsToRepository(folder, path.join(folder, 'local-service'))).toBe(false);
  });
});
