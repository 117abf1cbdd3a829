import { accessSync, constants, lstatSync, readFileSync, readdirSync, type Dirent, type Stats } from 'node:fs';
import path from 'node:path';

import { updateError } from '../errors.ts';
import { isSafePath } from '../plan/safe-path.ts';
import type { PlannedFile } from '../plan/template.ts';

import { isExactName } from './exact-name.ts';
import { foldersAbove } from './folders-above.ts';
import { toPlainText, type TextForm } from './text-form.ts';

/** A file of the service as it lies on the disk. */
export interface YourFile extends PlannedFile {
  /** Its bytes; `contents` has them without a byte order mark and with plain line ends. */
  readonly raw: Buffer;
  readonly form: TextForm;
  /** All its permission bits; `mode` is 644 or 755. */
  readonly permissions: number;
}

export interface YourFiles {
  readonly files: ReadonlyMap<string, YourFile>;
  /** Paths that an update keeps its hands off, with the reason. */
  readonly leftAlone: ReadonlyMap<string, string>;
  /** True where a file stands in the way of a folder, or the other way round. */
  readonly inTheWay: boolean;
  /** True for a path where nothing lies, and nothing above it keeps a file of the service's out. */
  readonly isFree: (file: string) => boolean;
}

/** Larger files are no text that a template had, and would only slow the search for renames down. */
const renameLimitBytes = 1024 * 1024;
const neverSearched = ['.git', '.seaworthy', '.venv', 'node_modules', 'reports', 'var', '__pycache__'];

/** What lies in a place; undefined for nothing. */
export function statOf(place: string): Stats | undefined {
  try {
    // An exception costs more than the question.
    return lstatSync(place, { throwIfNoEntry: false });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return undefined;
    throw unreadable(place, error);
  }
}

function unreadable(place: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const mend = 'make it readable for whoever runs the update; trying again is safe';
  return updateError('UPDATE_FILE', [`${place}: ${reason}`, mend], { cause });
}

function readOne(place: string, { mode }: Stats): YourFile {
  let raw: Buffer;
  try {
    raw = readFileSync(place);
  } catch (error) {
    throw unreadable(place, error);
  }
  const { plain, form } = toPlainText(raw);
  return { contents: plain, raw, form, mode: (mode & 0o111) === 0 ? 0o644 : 0o755, permissions: mode & 0o7777 };
}

/** What lies above a path: nothing unusual, a link or another repository, or a file where a folder is needed. */
function folderReader(directory: string) {
  const known = new Map<string, string | undefined>();
  const reasonAt = (folder: string): string | undefined => {
    if (folder === '.') return undefined;
    const above = known.has(folder) ? known.get(folder) : reasonAt(path.posix.dirname(folder));
    if (known.has(folder) || above !== undefined) return above;
    const place = path.join(directory, folder);
    const stat = statOf(place);
    let reason: string | undefined;
    if (stat?.isSymbolicLink() === true) reason = `${folder} is a link`;
    else if (stat?.isDirectory() === true && statOf(path.join(place, '.git')) !== undefined)
      reason = `${folder} is a repository of its own`;
    known.set(folder, reason);
    return reason;
  };
  return (file: string) => reasonAt(path.posix.dirname(file));
}

/** Folders that hold nothing a file was moved to: our own list, and what the service's .gitignore names without a pattern. */
function notSearched(directory: string): ReadonlySet<string> {
  const ignored = path.join(directory, '.gitignore');
  const lines = statOf(ignored)?.isFile() === true ? readFileSync(ignored, 'utf8').split('\n') : [];
  const folders = lines.flatMap((line) => /^\/?([\w.-]+)\/\s*$/.exec(line)?.[1] ?? []);
  return new Set([...neverSearched, ...folders]);
}

function entriesOf(place: string, optional: boolean): Dirent[] {
  try {
    return readdirSync(place, { withFileTypes: true });
  } catch (error) {
    // The data of a server, for one: no file of a template was moved there.
    if (optional) return [];
    throw unreadable(place, error);
  }
}

interface Search {
  readonly skipped: ReadonlySet<string>;
  /** What cannot be read is passed over. */
  readonly optional: boolean;
}

function* filesBelow(directory: string, folder: string, search: Search): Generator<string> {
  const entries = entriesOf(path.join(directory, folder), search.optional);
  if (folder !== '' && entries.some(({ name }) => name === '.git')) return;
  for (const entry of entries) {
    const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!search.skipped.has(entry.name)) yield* filesBelow(directory, file, search);
    } else if (entry.isFile() && isSafePath(file)) yield file;
  }
}

/** Every file that may be one of the service's, wherever it was moved to. */
export function searchedFiles(directory: string): readonly string[] {
  const files = filesBelow(directory, '', { skipped: notSearched(directory), optional: true });
  return [...files].filter((file) => {
    const stat = statOf(path.join(directory, file));
    return stat !== undefined && stat.size <= renameLimitBytes && isReadable(path.join(directory, file));
  });
}

function isReadable(place: string): boolean {
  try {
    accessSync(place, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads the files of the service that an update may touch, and every other one where a file of the base is gone:
 * it may have been moved.
 *
 * @throws {ScaffoldError} `UPDATE_FILE` when a file cannot be read.
 */
export function readService(directory: string, base: ReadonlySet<string>, fresh: ReadonlySet<string>): YourFiles {
  const paths = new Set([...base, ...fresh]);
  const lowerCase = new Map<string, number>();
  for (const file of paths) lowerCase.set(file.toLowerCase(), (lowerCase.get(file.toLowerCase()) ?? 0) + 1);
  const files = new Map<string, YourFile>();
  const leftAlone = new Map<string, string>();
  const reasonAbove = folderReader(directory);
  // Hundreds of files share a few folders.
  const asked = new Set<string>();
  let inTheWay = false;
  const read = (file: string) => {
    if (files.has(file)) return;
    const place = path.join(directory, file);
    const stat = statOf(place);
    if (stat === undefined) return;
    if (stat.isFile()) files.set(file, readOne(place, stat));
    else if (stat.isDirectory()) {
      inTheWay = true;
      for (const below of filesBelow(directory, file, { skipped: notSearched(directory), optional: false }))
        read(below);
    } else leftAlone.set(file, stat.isSymbolicLink() ? `${file} is a link` : `${file} is no ordinary file`);
  };
  for (const file of paths) {
    const reason = reasonAbove(file);
    if (reason !== undefined) leftAlone.set(file, reason);
    else if (
      lowerCase.get(file.toLowerCase()) === 1 ||
      (statOf(path.join(directory, file)) !== undefined && isExactName(path.join(directory, file)))
    ) {
      read(file);
      for (const folder of foldersAbove(file).toReversed()) {
        if (asked.has(folder)) continue;
        asked.add(folder);
        if (base.has(folder) || statOf(path.join(directory, folder))?.isFile() !== true) continue;
        inTheWay = true;
        read(folder);
      }
    }
  }
  const gone = [...base].some((file) => !files.has(file) && !leftAlone.has(file));
  if (gone) for (const file of searchedFiles(directory)) read(file);
  const isFree = (file: string) =>
    statOf(path.join(directory, file)) === undefined &&
    reasonAbove(file) === undefined &&
    foldersAbove(file).every((folder) => statOf(path.join(directory, folder))?.isDirectory() !== false);
  return { files, leftAlone, inTheWay, isFree };
}
