import { constants } from 'node:fs';
import { access, lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import { ScaffoldError } from '../errors.ts';
import { stateFile } from '../state/state.ts';

import { shellWord } from './shell-word.ts';

/** What brings a service up to date; with --dry-run it shows first what it would do. */
export function commandThatUpdates(target: string): string {
  return `npx create-seaworthy update --dry-run ${shellWord(target)}`;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

function refuse(problem: string): never {
  throw new ScaffoldError('SCAFFOLD_TARGET', [problem]);
}

async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return false;
    // A name that is too long for this disk, or a folder that may not be searched: nothing can be written there either.
    return refuse(`${file} cannot be looked at (${codeOf(error)}); choose another --directory`);
  }
}

/** The nearest folder above a path that is there already. */
export async function nearestFolder(folder: string): Promise<string> {
  let candidate = folder;
  while (!(await exists(candidate))) candidate = path.dirname(candidate);
  return candidate;
}

function isInside(folder: string, parent: string): boolean {
  const relative = path.relative(parent, folder);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** The folder that relative paths start from. */
export function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    return refuse('the folder you stand in is gone; cd to one that is there, then try again');
  }
}

/** Refuses a folder in which this user can make nothing: a dry run would promise what no run can keep. */
export async function refuseUnwritable(folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    refuse(`${folder} cannot be written by this user (${codeOf(error)}); choose another --directory or ask its owner`);
  }
}

/** True where a service stands that was rendered from a template. */
export async function isService(target: string): Promise<boolean> {
  return exists(path.join(target, stateFile));
}

/** Refuses whatever stands there already: a file, a folder, even an empty one, and a link that leads nowhere. */
export async function refuseExisting(target: string): Promise<void> {
  if (await isService(target))
    refuse(
      `${target} is a service already; to see and take what the templates have since: ${commandThatUpdates(target)}`,
    );
  if (await exists(target)) refuse(`${target} exists already; choose another --name or remove it first`);
}

/** Resolves where the service goes, or says why it cannot go there. What may stand there already is asked elsewhere. */
export async function checkTarget(cwd: string, directory: string, name: string): Promise<string> {
  const parent = path.resolve(cwd, directory);
  // A relative folder is meant to lie below where the user stands; anywhere else is named by its whole path.
  if (!path.isAbsolute(directory) && !isInside(parent, cwd)) {
    refuse(`--directory=${directory} leads out of ${cwd}; to write there, give the whole path: --directory=${parent}`);
  }
  const nearest = await nearestFolder(parent);
  const info = await stat(nearest).catch(() => undefined);
  if (info?.isDirectory() !== true) refuse(`${nearest} is not a folder; choose another --directory`);
  if (!path.isAbsolute(directory) && !isInside(await realpath(nearest), await realpath(cwd))) {
    refuse(`${nearest} is a link that leads out of ${cwd}; choose another --directory`);
  }
  return path.join(parent, name);
}
