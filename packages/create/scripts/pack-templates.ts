import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { create } from 'tar';

/** Puts the files that git tracks, or would track, into one archive: the same files give the same bytes. */
export function packTemplates(templates: string, archive: string, below = '.'): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', below], {
    cwd: templates,
    encoding: 'utf8',
  });
  const files = [...new Set(listed.split('\0'))]
    .filter((file) => file !== '' && existsSync(path.join(templates, file)))
    .toSorted();
  // What is longer, or not ASCII, gets a second header from tar, which the quick reader of the scaffolder does not look for.
  const unreadable = files.find((file) => !/^[ -~]{1,100}$/.test(file));
  if (unreadable !== undefined) throw new Error(`${unreadable}: expected a path of at most 100 ASCII characters`);
  create(
    {
      cwd: templates,
      file: archive,
      sync: true,
      gzip: { level: 9 },
      // No owner, no time, and the two modes that git knows.
      portable: true,
      mtime: new Date(0),
      noDirRecurse: true,
      onWriteEntry(entry) {
        if (entry.stat) entry.stat.mode = (entry.stat.mode & 0o111) === 0 ? 0o100644 : 0o100755;
      },
    },
    files,
  );
}
