import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { updateError } from '../errors.ts';

import { parseState } from './parse-state.ts';
import { stateFile, type ServiceState } from './state.ts';

/** The folder of a service, and what is recorded about it. */
export interface RecordedService {
  readonly directory: string;
  readonly state: ServiceState;
}

/**
 * Reads the record of the service in a folder.
 *
 * @throws {ScaffoldError} `UPDATE_SERVICE` for a folder without one, `UPDATE_STATE` for one that cannot be used.
 */
export function openRecordedService(folder: string, cwd: string): RecordedService {
  const directory = path.resolve(cwd, folder);
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw updateError('UPDATE_SERVICE', [`${directory} is no folder`, 'name the folder of a service']);
  const file = path.join(directory, stateFile);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const absent = code === 'ENOENT' || code === 'ENOTDIR';
    const problem = absent ? `${directory} has no ${stateFile}` : `${file} cannot be read: ${code}`;
    const mend = 'run it in the folder of a service that create-seaworthy wrote, or name that folder';
    throw updateError('UPDATE_SERVICE', [problem, mend], { cause });
  }
  return { directory, state: parseState(text) };
}
