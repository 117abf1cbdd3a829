import { createHash } from 'node:crypto';

import { list } from 'tar';

import { internalError } from '../errors.ts';

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
  const reads: Promise<[string, PlannedFile]>[] = [];
  try {
    await list({
      file: archive,
      strict: true,
      onReadEntry(entry) {
        if (entry.type !== 'File' || !entry.path.startsWith(prefix)) return;
        const path = entry.path.slice(prefix.length);
        const mode = (entry.mode ?? 0o644) & 0o777;
        reads.push(entry.concat().then((contents) => [path, { contents: Buffer.from(contents), mode }]));
      },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw internalError(`the archive of templates cannot be read: ${reason}`, { cause });
  }
  const files = new Map((await Promise.all(reads)).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  if (files.size === 0) throw internalError(`the archive holds no template called ${template}`);
  return files;
}
