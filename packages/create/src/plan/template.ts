import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { parseTar } from 'nanotar';

import { internalError } from '../errors.ts';

export interface PlannedFile {
  readonly contents: Buffer;
  readonly mode: number;
}

/** Files by their path, with forward slashes. */
export type FileTree = ReadonlyMap<string, PlannedFile>;

/** The archive of a template that is built beside this package's code: one for each, so that the others are not unpacked. */
export function builtArchive(template: string): string {
  return fileURLToPath(new URL(`${template}.tgz`, import.meta.url));
}

export function sha256(contents: Buffer | string): string {
  return createHash('sha256').update(contents).digest('hex');
}

/** One hash over paths, modes and contents. */
export function hashTree(files: FileTree): string {
  const lines = [...files].map(([path, { mode, contents }]) => `${mode.toString(8)} ${path} ${sha256(contents)}\n`);
  return sha256(lines.toSorted().join(''));
}

/**
 * The part of an archive from the first entry of a template to its last. Archives are sorted; reading the headers of the
 * other templates would cost as much as writing the service.
 */
function partOf(archive: Buffer, prefix: string): Uint8Array {
  let [begin, end] = [0, 0];
  for (let offset = 0; offset + 512 <= archive.length;) {
    const size = Number.parseInt(archive.toString('latin1', offset + 124, offset + 136), 8) || 0;
    const next = offset + 512 + Math.ceil(size / 512) * 512;
    if (archive.toString('latin1', offset, offset + prefix.length) === prefix) {
      if (end === 0) begin = offset;
      end = next;
    }
    offset = next;
  }
  // A copy: nanotar reads the whole memory behind a buffer, and expects the empty blocks of the end.
  const part = new Uint8Array(end - begin + 1024);
  part.set(archive.subarray(begin, end));
  return part;
}

/**
 * Reads one template out of the archive, into memory.
 *
 * @throws {ScaffoldError} `SCAFFOLD_INTERNAL` when the archive cannot be read or has no such template.
 */
export function readTemplate(archive: string, template: string): FileTree {
  const prefix = `${template}/`;
  const files = new Map<string, PlannedFile>();
  try {
    const part = partOf(gunzipSync(readFileSync(archive)), prefix);
    const entries = parseTar(part, { filter: ({ name, type }) => type === 'file' && name.startsWith(prefix) });
    for (const { name, data = new Uint8Array(), attrs } of entries)
      files.set(name.slice(prefix.length), {
        contents: Buffer.from(data),
        mode: Number.parseInt(attrs?.mode ?? '644', 8) & 0o777,
      });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw internalError(`the archive of templates cannot be read: ${reason}`, { cause });
  }
  if (files.size === 0) throw internalError(`the archive holds no template called ${template}`);
  return new Map([...files].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
