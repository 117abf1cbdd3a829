import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { create } from 'tar';

/** Puts the files that git tracks, or would track, into one archive: the same files give the same bytes. */
export function packTemplates(templates: string, archive: string): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: templates,
    encoding: 'utf8',
  });
  const files = [...new Set(listed.split('\0'))]
    .filter((file) => file !== '' && existsSync(path.join(templates, file)))
    .toSorted();
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
