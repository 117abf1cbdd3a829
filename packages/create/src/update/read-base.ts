import { readFileSync } from 'node:fs';
import path from 'node:path';

import { sha256, type FileTree } from '../plan/template.ts';
import { unpackBase } from '../state/base-archive.ts';
import { baseFile, type ServiceState } from '../state/state.ts';

function isAsRecorded(files: FileTree, { files: records }: ServiceState): boolean {
  const kept = Object.entries(records).filter(([file]) => !file.startsWith('vendor/'));
  return (
    kept.length === files.size &&
    kept.every(([file, { sha256: hash, mode }]) => {
      const found = files.get(file);
      return found !== undefined && sha256(found.contents) === hash && found.mode.toString(8) === mode;
    })
  );
}

/** The files as they were rendered last time; undefined when the archive is gone, cut off, or not what the hashes say. */
export function readBase(directory: string, state: ServiceState): FileTree | undefined {
  try {
    const files = unpackBase(readFileSync(path.join(directory, baseFile)));
    return isAsRecorded(files, state) ? files : undefined;
  } catch {
    return undefined;
  }
}

/** A rendering that has every hash of the record is the base, whatever became of the archive. */
export function baseFrom(rendered: FileTree, state: ServiceState): FileTree | undefined {
  const files = new Map(
    [...rendered].filter(([file]) => Object.hasOwn(state.files, file) && !file.startsWith('vendor/')),
  );
  return isAsRecorded(files, state) ? files : undefined;
}
