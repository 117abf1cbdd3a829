import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';

import { diskError, updateError } from '../errors.ts';
import type { FileTree, PlannedFile } from '../plan/template.ts';

import { hasConflict, nameMiddle } from './conflict-markers.ts';
import { isText } from './text-form.ts';

export interface MergeInput {
  readonly base: FileTree;
  readonly yours: FileTree;
  readonly template: FileTree;
}

/** A path on which git could not decide, with the versions of it that there are. */
export interface UndecidedPath {
  readonly path: string;
  readonly base: boolean;
  readonly yours: boolean;
  /** The template's version. */
  readonly template: PlannedFile | undefined;
  /** True where a line of text stands against another; false for binary files, deletions and moves. */
  readonly markers: boolean;
  /** True where all versions are text, and yours and the template's differ in their mode. */
  readonly isModeAlone: boolean;
}

export interface MergedTrees {
  /** What the merge changes in yours; undefined is a deletion. */
  readonly changes: ReadonlyMap<string, PlannedFile | undefined>;
  readonly undecided: readonly UndecidedPath[];
  /** Where a file of the base lies now, by its old path. */
  readonly moves: Record<'yours' | 'template', ReadonlyMap<string, string>>;
}

interface Stage {
  readonly oid: string;
  readonly mode: string;
  readonly stage: number;
  readonly path: string;
}

// A blob that git is to treat as binary: it looks for a NUL only, and not in all of a large file.
const binaryMark = Buffer.from([0]);

function quotedPath(file: string): string {
  const octal = (one: string) => `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`;
  // Everything but quotes, backslashes and control characters may stand as it is.
  return `"${file.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll(/\p{Cc}/gu, octal)}"`;
}

function encode(contents: Buffer): Buffer {
  return isText(contents) ? contents : Buffer.concat([binaryMark, contents]);
}

function decode(blob: Buffer): Buffer {
  return blob[0] === 0 ? blob.subarray(1) : blob;
}

function importStream({ base, yours, template }: MergeInput): Buffer {
  const parts: Buffer[] = [];
  const commit = (name: string, tree: FileTree, from: string) => {
    parts.push(Buffer.from(`commit refs/heads/${name}\ncommitter s <s> 0 +0000\ndata 0\n${from}`));
    for (const [file, { contents, mode }] of tree) {
      const blob = encode(contents);
      const gitMode = (mode & 0o111) === 0 ? '100644' : '100755';
      parts.push(
        Buffer.from(`M ${gitMode} inline ${quotedPath(file)}\ndata ${blob.length}\n`),
        blob,
        Buffer.from('\n'),
      );
    }
    parts.push(Buffer.from('\n'));
  };
  commit('base', base, '');
  commit('yours', yours, 'from refs/heads/base\ndeleteall\n');
  commit('template', template, 'from refs/heads/base\ndeleteall\n');
  return Buffer.concat(parts);
}

/** A bare repository, written by hand: `git init` would be one process more. Its HEAD is nowhere, for some versions of git take attributes from there. */
function makeRepository(): string {
  try {
    const folder = mkdtempSync(path.join(tmpdir(), 'seaworthy-merge-'));
    for (const name of ['objects', 'refs']) mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, 'HEAD'), 'ref: refs/heads/none\n');
    writeFileSync(
      path.join(folder, 'config'),
      '[core]\n\trepositoryformatversion = 0\n\tbare = true\n\tfsync = none\n',
    );
    return folder;
  } catch (error) {
    throw diskError(error);
  }
}

function gitIn(repository: string) {
  // Nobody's settings, hooks, attributes or file lists apply.
  const env = {
    PATH: process.env['PATH'],
    HOME: repository,
    GIT_DIR: repository,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: '1',
    LC_ALL: 'C',
  };
  return (args: readonly string[], input: Buffer | string = '', accepted: readonly number[] = [0]): Buffer => {
    const run = spawnSync('git', args, { env, input, cwd: repository, maxBuffer: 1 << 30 });
    if (run.error === undefined && accepted.includes(run.status ?? -1)) return run.stdout;
    const version = spawnSync('git', ['--version'], { env, encoding: 'utf8' });
    const said = run.stderr?.toString('utf8').trim() ?? '';
    const ended = run.signal === null ? `it ended with ${run.status}` : `it was ended by ${run.signal}`;
    throw gitError(version.error === undefined ? version.stdout : undefined, said === '' ? ended : said);
  };
}

/** Why git could not merge: it is not there, it is too old, or it said something else. */
export function gitError(version: string | undefined, said: string): Error {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  const retry = 'trying again is safe after that';
  if (version === undefined)
    return updateError('UPDATE_GIT', [
      'git is not installed, or not on the PATH',
      `install git 2.38 or newer; ${retry}`,
    ]);
  if (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 38))
    return updateError('UPDATE_GIT', [`git ${major}.${minor} is installed`, `install git 2.38 or newer; ${retry}`]);
  return updateError('UPDATE_GIT', [
    `git failed: ${said.trim().split('\n').at(-1) ?? ''}`,
    `it works in ${tmpdir()}; trying again is safe, and where it fails again, report it with the command you ran`,
  ]);
}

function parseMerge(output: string): { tree: string; stages: Stage[] } {
  const [tree = '', ...rest] = output.split('\0');
  const stages: Stage[] = [];
  for (const line of rest) {
    // An empty field ends the list; messages for people follow.
    const [, mode, oid, stage, file] = /^(\d+) ([0-9a-f]+) (\d)\t(.*)$/s.exec(line) ?? [];
    if (mode === undefined || oid === undefined || file === undefined) break;
    stages.push({ mode, oid, stage: Number(stage), path: file });
  }
  return { tree, stages };
}

function parseDiff(output: string): { path: string; mode: string; oid: string; deleted: boolean }[] {
  const fields = output.split('\0');
  return fields.slice(0, -1).flatMap((field, index) => {
    if (index % 2 === 1) return [];
    const [, mode = '', , oid = '', status] = field.slice(1).split(' ');
    return [{ path: fields[index + 1] ?? '', mode, oid, deleted: status === 'D' }];
  });
}

/** The files of the base that one side has moved. */
function parseMoves(output: string): ReadonlyMap<string, string> {
  const fields = output.split('\0');
  const moves = new Map<string, string>();
  for (let index = 0; index < fields.length - 1;) {
    const isMove = (fields[index] ?? '').startsWith('R');
    if (isMove) moves.set(fields[index + 1] ?? '', fields[index + 2] ?? '');
    index += isMove ? 3 : 2;
  }
  return moves;
}

/** Reads blobs in the order of their names. */
function parseBlobs(output: Buffer, count: number): Buffer[] {
  let offset = 0;
  return Array.from({ length: count }, () => {
    const end = output.indexOf(10, offset);
    const size = Number(output.subarray(offset, end).toString('latin1').split(' ')[2]);
    offset = end + 1 + size + 1;
    return output.subarray(end + 1, end + 1 + size);
  });
}

/**
 * Merges what you and the template made of the same base, in a repository that is thrown away: renames of files are followed both ways.
 *
 * The service's own repository, its index, hooks and attributes are never touched.
 *
 * @throws {ScaffoldError} `UPDATE_GIT` when git is not there or too old.
 */
export function mergeTrees(input: MergeInput): MergedTrees {
  const repository = makeRepository();
  const git = gitIn(repository);
  try {
    // One pack instead of a file for every object.
    git(['-c', 'fastimport.unpackLimit=1', 'fast-import', '--quiet', '--force'], importStream(input));
    const options = ['merge.conflictStyle=zdiff3', 'merge.renames=true', 'merge.directoryRenames=false'];
    const settings = options.flatMap((option) => ['-c', option]);
    const printed = git([...settings, 'merge-tree', '--write-tree', '-z', 'yours', 'template'], '', [0, 1]);
    const { tree, stages } = parseMerge(printed.toString('utf8'));
    const diff = git(['diff-tree', '-r', '-z', '--no-renames', '--raw', 'yours', tree]).toString('utf8');
    const changed = parseDiff(diff);
    const written = changed.filter(({ deleted }) => !deleted);
    const wanted = [...written, ...stages];
    const blobs =
      wanted.length === 0
        ? []
        : parseBlobs(git(['cat-file', '--batch'], wanted.map(({ oid }) => `${oid}\n`).join('')), wanted.length);
    const fileOf = ({ mode }: { mode: string }, index: number): PlannedFile => ({
      contents: decode(blobs[index] ?? Buffer.alloc(0)),
      mode: mode === '100755' ? 0o755 : 0o644,
    });
    const files = new Map(written.map((entry, index) => [entry.path, fileOf(entry, index)]));
    const versions = stages.map((entry, index) => ({ ...entry, file: fileOf(entry, written.length + index) }));
    // Where a moved file meets another one, git may leave markers in what it takes for merged.
    const isMarked = (file: string) => {
      const contents = files.get(file)?.contents;
      const theirVersion = input.template.get(file)?.contents ?? Buffer.alloc(0);
      return contents !== undefined && isText(contents) && hasConflict(contents) && !hasConflict(theirVersion);
    };
    const open = new Set([...stages.map((stage) => stage.path), ...[...files.keys()].filter(isMarked)]);
    const undecided = [...open].map((file): UndecidedPath => {
      const [base, yours, template] = [1, 2, 3].map(
        (stage) => versions.find((entry) => entry.path === file && entry.stage === stage)?.file,
      );
      const result = files.get(file);
      const markers = result !== undefined && isText(result.contents) && hasConflict(result.contents);
      if (markers) files.set(file, { ...result, contents: nameMiddle(result.contents) });
      const isTextual = [base, yours, template].every((one) => one === undefined || isText(one.contents));
      const isModeAlone = isTextual && yours?.mode !== template?.mode;
      return { path: file, base: base !== undefined, yours: yours !== undefined, template, markers, isModeAlone };
    });
    const movesOf = (side: 'yours' | 'template') => {
      const isGone = [...input.base.keys()].some((file) => !input[side].has(file));
      if (!isGone) return new Map<string, string>();
      return parseMoves(
        git(['diff-tree', '-r', '-z', '-M', '-l7000', '--no-rename-empty', '--name-status', 'base', side]).toString(
          'utf8',
        ),
      );
    };
    return {
      changes: new Map(changed.map(({ path: file }) => [file, files.get(file)])),
      undecided,
      moves: { yours: movesOf('yours'), template: movesOf('template') },
    };
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}
