import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';

import { updateError } from '../errors.ts';
import type { FileRecord } from '../state/state.ts';

import { toPlainText } from './text-form.ts';

function hashOf(contents: Buffer): string {
  return createHash('sha256').update(contents).digest('hex');
}

/** Whether a file is as the template wrote it. Other line ends and another mode of a file that cannot be executed are no edit. */
export function fileState(place: string, record: FileRecord): 'same' | 'edited' | 'gone' {
  try {
    const stat = lstatSync(place);
    if (!stat.isFile()) return 'gone';
    const raw = readFileSync(place);
    const mode = (stat.mode & 0o111) === 0 ? '644' : '755';
    const hash = hashOf(raw);
    const same = hash === record.sha256 || hashOf(toPlainText(raw).plain) === record.sha256;
    return same && mode === record.mode ? 'same' : 'edited';
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'gone';
    throw updateError('UPDATE_FILE', [`${place}: ${code}`, 'make it readable; trying again is safe'], { cause });
  }
}
