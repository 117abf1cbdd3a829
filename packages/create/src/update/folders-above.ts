import path from 'node:path';

/** The folders that a file lies in, the nearest one first. */
export function foldersAbove(file: string): string[] {
  const folder = path.posix.dirname(file);
  return folder === '.' ? [] : [folder, ...foldersAbove(folder)];
}
