import { readTar } from '../plan/read-tar.ts';
import { isSafePath } from '../plan/safe-path.ts';
import type { FileTree } from '../plan/template.ts';
import { writeTar } from '../plan/write-tar.ts';

/** Level 6 takes two to three times as long for 10 of 100 bytes less. */
const gzipLevel = 3;

/** Packs the files as they were rendered: the same files give the same bytes. What vendor/ holds is known by its hash alone. */
export function packBase(files: FileTree): Buffer {
  return writeTar(new Map([...files].filter(([file]) => !file.startsWith('vendor/'))), gzipLevel);
}

/**
 * Unpacks what `packBase` packed.
 *
 * @throws an error when it is cut off, changed, or holds a path that leads out of the service.
 */
export function unpackBase(packed: Buffer): FileTree {
  const files = new Map(readTar(packed));
  const outside = [...files.keys()].find((file) => !isSafePath(file));
  if (outside !== undefined) throw new Error(`it holds ${JSON.stringify(outside)}, which is no file of a service`);
  return files;
}
