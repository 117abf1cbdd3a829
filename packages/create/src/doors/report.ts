import path from 'node:path';

import { commandThatUpdates } from '../disk/check-target.ts';
import { shellWord } from '../disk/shell-word.ts';
import type { ScaffoldResult } from '../scaffold.ts';
import type { ServiceComparison } from '../update/compare-service.ts';

function* treeLines(files: readonly string[], indent = ''): Generator<string> {
  const names = [...new Set(files.map((file) => file.split('/')[0] ?? ''))];
  for (const [index, name] of names.entries()) {
    const last = index === names.length - 1;
    const below = files.filter((file) => file.startsWith(`${name}/`)).map((file) => file.slice(name.length + 1));
    yield `${indent}${last ? '└── ' : '├── '}${name}${below.length > 0 ? '/' : ''}`;
    yield* treeLines(below, `${indent}${last ? '    ' : '│   '}`);
  }
}

/** What the user reads of a service that stands there already: how it differs, and whether an update would bring anything. */
function reportComparison(comparison: ServiceComparison, target: string, shown: string): string {
  const { compared, differing, diff, updateAvailable, notes } = comparison;
  const says =
    differing.length === 0
      ? `No difference between ${shown}/ and what would be written, in ${compared} files.`
      : `${differing.length} of ${compared} files of ${shown}/ differ from what would be written.`;
  const update = updateAvailable
    ? `To see what the template changed since, merged with your edits: ${commandThatUpdates(target)}`
    : 'An update has nothing to bring: the service has this template.';
  return [
    ...(diff === '' ? [] : [diff]),
    `${says} Nothing was written.`,
    ...notes.map((note) => `Note: ${note}`),
    ...(differing.length === 0 && !updateAvailable ? [] : [update]),
    '',
  ].join('\n');
}

/** What the user reads after a run: the tree, how long it took, notes, and the next commands. */
export function report(result: ScaffoldResult, cwd: string): string {
  const place = path.relative(cwd, result.target) || '.';
  const shown = place.startsWith('..') ? result.target : place;
  if (result.comparison !== undefined) return reportComparison(result.comparison, result.target, shown);
  const count = `${result.files.length} files`;
  const next = ['', 'Next:', `  cd ${shellWord(shown)}`, ...(result.installed ? [] : ['  make setup']), '  make dev'];
  const outcome = result.written
    ? [`${count} in ${Math.round(result.durationMs)}ms.`]
    : [`${count} would be written. Nothing was.`];
  return [
    `${shown}/`,
    ...treeLines(result.files),
    '',
    ...outcome,
    ...result.notes.map((note) => `Note: ${note}`),
    ...(result.written ? next : []),
    '',
  ].join('\n');
}
