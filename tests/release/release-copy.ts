import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { presentFiles } from '../present-files.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const author = { name: 'A Developer', email: 'developer@example.com' };

/** A copy of this repository as it stands, committed and installed, in which versions may be raised and published. */
export class ReleaseCopy {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'release-'));
  readonly #env: Readonly<Record<string, string>>;

  /** @param env - names the registry */
  constructor(env: Readonly<Record<string, string>>) {
    this.#env = env;
    for (const file of presentFiles(repository))
      cpSync(path.join(repository, file), path.join(this.folder, file), { recursive: true, verbatimSymlinks: true });
    this.run('git init --quiet --initial-branch=main');
    this.commit('As it stands');
    this.linkModules();
  }

  /** Runs a command of the release in the copy, against the registry of the test. */
  run(command: string): string {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
      cwd: this.folder,
      encoding: 'utf8',
      maxBuffer: 1e8,
      env: {
        ...process.env,
        ...this.#env,
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_COMMITTER_NAME: author.name,
        GIT_COMMITTER_EMAIL: author.email,
        PATH: `${path.join(this.folder, 'node_modules/.bin')}:${process.env['PATH']}`,
      },
    });
    if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stdout}${stderr}`);
    return stdout;
  }

  /** The version that the copy's own manifest of a package names. */
  versionOf(name: string): string {
    const manifests = globSync('packages/*/package.json', { cwd: this.folder });
    const read = (file: string) =>
      JSON.parse(readFileSync(path.join(this.folder, file), 'utf8')) as { name: string; version: string };
    const found = manifests.map(read).find((manifest) => manifest.name === name);
    if (found === undefined) throw new Error(`no package is called ${name}`);
    return found.version;
  }

  commit(message: string): void {
    this.run(`git add --all && git commit --quiet --message '${message}'`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What `npm ci` installs, without its minute: hard links, and the packages of the copy instead of our own. */
  private linkModules(): void {
    for (const folder of globSync('{.,packages/*,templates/*}/node_modules', { cwd: repository })) {
      const [from, to] = [path.join(repository, folder), path.join(this.folder, folder)];
      const linked = spawnSync('cp', ['-al', from, to]);
      // Another disk takes no links.
      if (linked.status !== 0) this.run(`rm -rf '${to}' && cp -a '${from}' '${to}'`);
    }
  }
}
