import { randomBytes } from 'node:crypto';
import { readdir, rename, unlink } from 'node:fs/promises';
import path from 'node:path';

/** Never taken: no process can rename over the file of another. */
const unique = (): string => randomBytes(6).toString('hex');

/** A full file: its name says at which minute nothing more was appended. */
export const fullName = (file: string, minute: number): string => `${file}.${minute}-${unique()}`;

export const asideName = (file: string): string => {
  const at = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${file}.set-aside-${at}-${unique()}`;
};

export const unfinishedName = (file: string): string => `${file}.unfinished-${unique()}`;

export interface FullFile {
  readonly name: string;
  readonly untilMinute: number;
}

/** The full files of one history, oldest first. */
export async function listFull(file: string): Promise<FullFile[]> {
  const begin = `${path.basename(file)}.`;
  const names = await readdir(path.dirname(file)).catch(nothingThere([]));
  return names
    .flatMap((name) => {
      const [, minute] = (name.startsWith(begin) ? /^(\d+)-[0-9a-f]{12}$/.exec(name.slice(begin.length)) : null) ?? [];
      return minute === undefined ? [] : { name: path.join(path.dirname(file), name), untilMinute: Number(minute) };
    })
    .toSorted((left, right) => left.untilMinute - right.untilMinute);
}

/** Ends a file by giving it another name: whoever is about to append to it still does, and nothing is copied. */
export async function endFile(file: string, minute: number, keptMinutes: number): Promise<void> {
  await rename(file, fullName(file, minute)).catch(nothingThere(undefined));
  const old = (await listFull(file)).filter(({ untilMinute }) => untilMinute < minute - keptMinutes);
  await Promise.all(old.map(({ name }) => unlink(name).catch(nothingThere(undefined))));
}

/** Another process may have been faster. */
export function nothingThere<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return instead;
    throw error;
  };
}
