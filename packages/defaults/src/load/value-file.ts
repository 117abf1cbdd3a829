import { quoteText } from '../declare/quote-text.ts';

import { fileSystem } from './file-system.ts';

const largestBytes = 65_538;

/** A path as an error may print it. A secret that was put into NAME_FILE by mistake looks like no path, or lies in no folder. */
export function quotePath(path: string): string {
  const [, folder] = /^((?:\/[\w-][\w.-]*)+)\/[\w-][\w.-]*$/.exec(path.slice(0, 300)) ?? [];
  return folder !== undefined && fileSystem().existsSync(folder)
    ? quoteText(path)
    : 'a path that is not shown: no such folder';
}

export type ValueFile = { readonly raw: string } | { readonly why: string; readonly retryable: boolean };

/**
 * Reads the file that a `NAME_FILE` variable names. Secret stores write such files, some after the process has started:
 * a file that is not there yet is worth another try, one of the wrong sort is not.
 */
export function readValueFile(path: string): ValueFile {
  let contents: Buffer;
  try {
    const { readFileSync, statSync } = fileSystem();
    const stats = statSync(path);
    // A pipe would block the start for ever.
    if (!stats.isFile()) return { why: 'it is no regular file', retryable: false };
    if (stats.size > largestBytes) return { why: 'it is larger than 64KiB', retryable: false };
    contents = readFileSync(path);
  } catch {
    return { why: 'it is not there, or this process may not read it', retryable: true };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(contents);
    return { raw: text.replace(/\r?\n$/, '') };
  } catch {
    return { why: 'it is no UTF-8 text', retryable: false };
  }
}
