import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../..');

export const peersFolder = path.join(import.meta.dirname, 'peers');

/** A linter or a formatter: what it is started with, before the files. */
export interface Program {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Adds an output that a program can read. */
  readonly machineReadable: readonly string[];
}

const workspaceBin = (name: string) => path.join(repository, 'node_modules/.bin', name);
const peerBin = (name: string) => path.join(peersFolder, 'node_modules/.bin', name);
const here = (file: string) => path.join(import.meta.dirname, file);

function oxlint(title: string, config: string): Program {
  const machineReadable = ['--format=json'];
  return { title, command: workspaceBin('oxlint'), args: [`--config=${here(config)}`], machineReadable };
}

export const oursTyped = oxlint('`@seaworthy/preset`, with types', 'ours-typed.config.ts');
export const oursUntyped = oxlint('`@seaworthy/preset`, without the rules that need types', 'ours-untyped.config.ts');

export const eslintTyped: Program = {
  title: 'ESLint, `recommendedTypeChecked` of typescript-eslint',
  command: peerBin('eslint'),
  args: [`--config=${here('peers/eslint.config.mjs')}`],
  machineReadable: ['--format=json'],
};

export const biome: Program = {
  title: 'Biome, recommended with the domains `project` and `test`',
  command: peerBin('biome'),
  args: ['lint', `--config-path=${peersFolder}`, '--max-diagnostics=none'],
  machineReadable: ['--reporter=github'],
};

export const linters: readonly Program[] = [oursTyped, oursUntyped, eslintTyped, biome];

export const oxfmt: Program = {
  title: '`@seaworthy/preset`, oxfmt',
  command: workspaceBin('oxfmt'),
  args: ['--check', `--config=${path.join(repository, 'oxfmt.config.ts')}`],
  machineReadable: [],
};

export const prettier: Program = {
  title: 'prettier, the same width and quotes',
  command: peerBin('prettier'),
  args: ['--check', `--config=${here('peers/prettier.config.mjs')}`],
  machineReadable: [],
};

export const formatters: readonly Program[] = [oxfmt, prettier];
