import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { internalError } from '../errors.ts';

import { readTar } from './read-tar.ts';

export interface PlannedFile {
  readonly contents: Buffer;
  readonly mode: number;
}

/** Files by their path, with forward slashes. */
export type FileTree = ReadonlyMap<string, PlannedFile>;

export function sha256(contents: Buffer | string): string {
  return createHash('sha256').update(contents).digest('hex');
}

/** One hash over paths, modes and contents. */
export function hashTree(files: FileTree): string {
  const lines = [...files].map(([path, { mode, contents }]) => `${mode.toString(8)} ${path} ${sha256(contents)}\n`);
  return sha256(lines.toSorted().join(''));
}

/** Reads one template out of the archive, into memory. */
export async function readTemplate(archive: string, template: string): Promise<FileTree> {
  const prefix = `${template}/`;
  let entries: (readonly [string, PlannedFile])[];
  try {
    entries = [...readTar(await readFile(archive))];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw internalError(`the archive of templates cannot be read: ${reason}`, { cause });
  }
  const ours = entries.flatMap(([path, file]) =>
    path.startsWith(prefix) ? [[path.slice(prefix.length), file] as const] : [],
  );
  const files = new Map(ours.toSorted(([left], [right]) => (left < right ? -1 : 1)));
  if (files.size === 0) throw internalError(`the archive holds no template called ${template}`);
  return files;
}
