import { chmodSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a shell looks through for programs, as PATH names it. */
function foldersOf(paths: string): string[] {
  return paths.split(path.delimiter).filter((folder) => folder !== '');
}

function programsIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // PATH may name folders that there are not.
    return [];
  }
}

/**
 * A folder of links to every program of this machine but those of these names, wherever they are installed: a PATH
 * without Python, or without Node. `remove` removes it.
 */
export function pathWithout(names: RegExp, paths = process.env['PATH'] ?? ''): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'path-'));
  // PostgreSQL runs as a user of its own, and looks for its programs too.
  chmodSync(folder, 0o755);
  const linked = new Set<string>();
  for (const from of foldersOf(paths)) {
    for (const program of programsIn(from)) {
      // The first folder of a PATH counts.
      if (names.test(program) || linked.has(program)) continue;
      linked.add(program);
      symlinkSync(path.join(from, program), path.join(folder, program));
    }
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
