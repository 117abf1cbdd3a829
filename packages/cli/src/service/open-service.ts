import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod/mini';

import { serviceInvalid, serviceMissing, settingsCommandAbsent, usageError } from '../errors.ts';

/** The facts of a service that its settings need. */
export interface Service {
  readonly directory: string;
  readonly name: string;
  readonly owner: string;
  readonly commands: { readonly settings: string; readonly setup?: string | undefined };
}

const line = z.string().check(z.regex(/^[^\r\n\0]*[^\s\0][^\r\n\0]*$/));
const facts = z.object({ name: line, owner: line });
const commands = z.object({ commands: z.object({ settings: z.unknown(), setup: z.optional(line) }) });

function readText(directory: string, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw serviceMissing(directory);
    throw serviceInvalid(file, error instanceof TypeError ? 'not UTF-8' : (code ?? 'not readable'), error);
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw serviceInvalid(file, 'no JSON', error);
  }
}

/**
 * Reads the service.json of a service.
 *
 * Only what the settings need is looked at, so that one with a mistake elsewhere can still show its settings.
 *
 * @throws {CommandError} when there is none, or it names no `commands.settings`.
 * @example
 * ```ts
 * import { openService } from 'seaworthy';
 * if (openService('templates/node-service').name !== 'marlin-service') throw new Error('another service');
 * ```
 */
export function openService(folder: string): Service {
  const directory = path.resolve(folder);
  if (!(statSync(directory, { throwIfNoEntry: false })?.isDirectory() ?? false))
    throw usageError(
      `--directory ${folder}`,
      'a folder that exists',
      'seaworthy config show --directory services/orders-api',
    );
  const file = path.join(directory, 'service.json');
  const json = parse(file, readText(directory, file));
  const known = facts.safeParse(json);
  if (!known.success) {
    const [name] = known.error.issues[0]?.path ?? [];
    throw serviceInvalid(file, name === undefined ? 'no JSON object' : `${String(name)} is not one line of text`);
  }
  const { name, owner } = known.data;
  const stated = commands.safeParse(json);
  if (!stated.success) throw settingsCommandAbsent(file, 'is not there', owner);
  const settings = line.safeParse(stated.data.commands.settings);
  if (!settings.success) {
    const absent = stated.data.commands.settings === undefined;
    throw settingsCommandAbsent(file, absent ? 'is not there' : 'is not one line of text', owner);
  }
  return { directory, name, owner, commands: { settings: settings.data, setup: stated.data.commands.setup } };
}
