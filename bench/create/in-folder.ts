import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Calls with an empty folder that is removed afterwards.
 *
 * Nothing in it is removed before: ext4 without a journal passes over each file that was removed within the last minutes
 * when it makes one, so that a benchmark that tidied up after each run would measure its own removals.
 */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-create-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
