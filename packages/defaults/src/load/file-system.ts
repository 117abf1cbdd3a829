import type * as fs from 'node:fs';

/**
 * `node:fs`, loaded when a file is read and not before. An import of it at the top costs each process several
 * milliseconds: Node then builds every export of it, its streams included.
 */
export function fileSystem(): Pick<typeof fs, 'existsSync' | 'readFileSync' | 'statSync'> {
  return process.getBuiltinModule('node:fs');
}
