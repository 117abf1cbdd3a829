import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { internalError } from '../errors.ts';

import { readTar } from './read-tar.ts';

export interface PlannedFile {
  readonly contents: Buffer;
  readonly mode: number;
}

/** Files by their path, with forward slashes. */
export type FileTree = ReadonlyMap<string, PlannedFile>;

export function sha256(contents: Buffer | string): string {
  return hash('sha256', contents);
}

/** One hash over paths, modes and contents. */
export function hashTree(files: FileTree): string {
  const lines = [...files].map(([path, { mode, contents }]) => `${mode.toString(8)} ${path} ${sha256(contents)}\n`);
  return sha256(lines.toSorted().join(''));
}

/**
 * Reads one template out of the archive, into memory.
 *
 * @throws {ScaffoldError} `SCAFFOLD_INTERNAL` when the archive cannot be read or has no such template.
 */
export function readTemplate(archive: string, template: string): FileTree {
  const prefix = `${template}/`;
  const files: (readonly [string, PlannedFile])[] = [];
  try {
    for (const [path, file] of readTar(readFileSync(archive)))
      if (path.startsWith(prefix)) files.push([path.slice(prefix.length), file]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw internalError(`the archive of templates cannot be read: ${reason}`, { cause });
  }
  if (files.length === 0) throw internalError(`the archive holds no template called ${template}`);
  return new Map(files.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
