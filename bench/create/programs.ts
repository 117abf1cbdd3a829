import { readdirSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../..');
export const peersFolder = path.join(import.meta.dirname, 'peers');

/** One way to scaffold, as a Node program. */
export interface Program {
  readonly title: string;
  /** The arguments of Node for a service that goes below this folder. */
  readonly args: (parent: string) => readonly string[];
  /** Where it is started. @default the folder that the service goes below */
  readonly cwd?: string;
  /** How many files it has to write. */
  readonly files: 'ours' | 'some' | 'none';
}

const bin = path.join(repository, 'packages/create/bin/create-seaworthy.js');
const flags = ['--language=node', '--owner=team-orders'];
const flagsWithName = ['--name=orders-api', ...flags];

export const floor: Program = { title: '`node -e 0`', args: () => ['-e', '0'], files: 'none' };
/** What the disk asks of anybody who writes as many files: Node's own copy of the same service, with nothing decided. */
export const copy: Program = {
  title: '`cpSync` of the same files',
  args: () => ['-e', "fs.cpSync(process.env.BENCH_FILES, 'orders-api', { recursive: true })"],
  files: 'ours',
};
export const command: Program = {
  title: '`create-seaworthy --no-git`',
  args: () => [bin, 'orders-api', ...flags, '--no-git'],
  files: 'ours',
};
export const commandAgain: Program = { ...command, title: '`create-seaworthy --no-git` again' };
export const commandWithGit: Program = {
  title: '`create-seaworthy`, with its first commit',
  args: () => [bin, 'orders-api', ...flags],
  files: 'ours',
};
export const plopDoor: Program = {
  title: '`npx plop service` here, without npx',
  args: (parent) => {
    const plop = path.join(repository, 'node_modules/plop/bin/plop.js');
    return [plop, 'service', '--', ...flagsWithName, '--no-git', `--directory=${parent}`];
  },
  cwd: repository,
  files: 'ours',
};
export const code: Program = {
  title: '`scaffold()` from code',
  args: (directory) => {
    const answers = JSON.stringify({
      name: 'orders-api',
      language: 'node',
      owner: 'team-orders',
      git: false,
      directory,
    });
    return ['--input-type=module', '-e', `import { scaffold } from 'create-seaworthy'; await scaffold(${answers});`];
  },
  cwd: repository,
  files: 'ours',
};
export const createVite: Program = {
  title: 'create-vite, vanilla-ts',
  args: () => [
    path.join(peersFolder, 'node_modules/create-vite/index.js'),
    'orders-api',
    '--template',
    'vanilla-ts',
    '--no-interactive',
  ],
  files: 'some',
};
export const plopAddMany: Program = {
  title: 'plop `addMany` of the same files',
  args: (parent) => {
    const plop = path.join(peersFolder, 'node_modules/plop/bin/plop.js');
    return [plop, '--plopfile', path.join(peersFolder, 'plopfile.js'), 'service', path.join(parent, 'orders-api')];
  },
  cwd: peersFolder,
  files: 'ours',
};

export const programs = [floor, copy, command, commandAgain, commandWithGit, plopDoor, code, createVite, plopAddMany];

/** The files below a folder, without those of a repository and of what we carry before a release. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/^(?:\.git|vendor)\//.test(file))
    .toSorted();
}
