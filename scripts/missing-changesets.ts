import path from 'node:path';

import { parse } from 'yaml';

export interface Change {
  /** Files that differ from the base, as paths from the root of the repository. */
  readonly files: readonly string[];
  /** The text of every changeset that is new since the base. */
  readonly changesets: readonly string[];
  /** Published packages: the name of the folder under `packages/`, and the name that is published. */
  readonly packages: readonly { readonly folder: string; readonly name: string }[];
  /** `changedFilePatterns` of the configuration of changesets: which files of a package count. */
  readonly patterns: readonly string[];
}

export interface MissingChangeset {
  readonly name: string;
  readonly files: readonly string[];
}

/** The scaffolder packs the templates, so that a change to one is a change of it. */
const shipsTemplates = 'create-seaworthy';

function matches(file: string, patterns: readonly string[]): boolean {
  const refused = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  const matchesSome = (list: readonly string[]) => list.some((pattern) => path.matchesGlob(file, pattern));
  return matchesSome(wanted) && !matchesSome(refused);
}

/** The package that ships a file, or nothing. */
function shippedBy(file: string, { packages, patterns }: Change): string | undefined {
  const [top, folder = '', ...rest] = file.split('/');
  if (top === 'templates') return shipsTemplates;
  if (top !== 'packages') return undefined;
  return matches(rest.join('/'), patterns) ? packages.find((known) => known.folder === folder)?.name : undefined;
}

/** What a changeset names; one that names nothing says on purpose that nothing is to be released. */
function namesOf(changeset: string): string[] {
  const [, header = ''] = /^---\r?\n([^]*?)^---$/m.exec(changeset) ?? [];
  return Object.keys((parse(header) ?? {}) as object);
}

/** Every package that ships a changed file and is named by no new changeset; an empty changeset covers all. */
export function missingChangesets(change: Change): MissingChangeset[] {
  const named = change.changesets.map(namesOf);
  if (named.some((names) => names.length === 0)) return [];
  const changed = Map.groupBy(change.files, (file) => shippedBy(file, change));
  return [...changed]
    .flatMap(([name, files]) => (name === undefined || named.flat().includes(name) ? [] : [{ name, files }]))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
