import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { FileTree, PlannedFile } from '../src/plan/template.ts';
import { writeTar } from '../src/plan/write-tar.ts';

/** With the two modes that git knows; undefined for a file that is deleted, and not yet for git. */
function plannedFile(place: string): PlannedFile | undefined {
  const stat = lstatSync(place, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  // The reader of the scaffolder takes nothing else: a link would be missing from every service.
  if (!stat.isFile()) throw new Error(`${place}: expected a file; a template holds no links and no repositories`);
  return { contents: readFileSync(place), mode: (stat.mode & 0o111) === 0 ? 0o644 : 0o755 };
}

/** The files that git tracks, or would track, in order. */
function trackedFiles(templates: string, below: string): FileTree {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', below], {
    cwd: templates,
    encoding: 'utf8',
  });
  const files = new Set(listed.split('\0').filter((file) => file !== ''));
  return new Map(
    [...files].toSorted().flatMap((file) => {
      const planned = plannedFile(path.join(templates, file));
      return planned === undefined ? [] : [[file, planned] as const];
    }),
  );
}

/** Puts the tracked files of the templates into one archive: the same files give the same bytes. */
export function packTemplates(templates: string, archive: string, below = '.'): void {
  writeFileSync(archive, writeTar(trackedFiles(templates, below), 9));
}
