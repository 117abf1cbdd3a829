import type { Problem } from '../errors/problem.ts';

import { fileSystem } from './file-system.ts';

/** What the comment lines directly above a line say about it. */
export interface Notes {
  /** `# Change: docs/changes/0002-shorter-timeout.md`: the record of an override of production. */
  readonly change?: string;
  /** `# Differs: …`: why staging has another value. */
  readonly differs?: string;
  /** `# Shared: …`: why staging has the address or secret of production. */
  readonly shared?: string;
}

/** The last line that a generated block has above its value: comments after it are a person's. */
export const lastGenerated = '# Owner: ';

export interface Stated {
  readonly raw: string;
  /** `file config/staging.env:12` or `environment` */
  readonly from: string;
  readonly notes?: Notes;
  /** The comment lines above it that a person wrote, notes included. */
  readonly comments?: readonly string[];
}

export interface EnvFile {
  readonly path: string;
  readonly values: ReadonlyMap<string, Stated>;
  readonly problems: readonly Problem[];
}

/** The characters of a value that node --env-file, python-dotenv, bash and systemd read alike. */
const valueCharacters = 'A-Za-z0-9_./:@%+,=?-';
const assignment = new RegExp(`^([A-Z][A-Z0-9_]*)=([${valueCharacters}]*)$`);
const note = /^# (Change|Differs|Shared): (.*\S)/;

function fileProblem(name: string, owner: string, facts: Pick<Problem, 'got' | 'expected' | 'why' | 'fix'>): Problem {
  return { code: 'CFG_FILE', name, retryable: false, owner, ...facts };
}

function malformed(place: string, owner: string): Problem {
  return fileProblem(place, owner, {
    got: 'a line that is not shown',
    expected: 'NAME=value, a whole-line # comment, or a blank line',
    why: `it is none of these, or its value has a character outside ${valueCharacters}`,
    fix: `correct ${place}`,
  });
}

function joining(place: string, owner: string): Problem {
  return fileProblem(place, owner, {
    got: 'a comment that ends with a backslash',
    expected: 'a comment that ends with its line',
    why: 'systemd takes the next line for a part of it',
    fix: 'remove the backslash',
  });
}

function repeated(place: string, name: string, first: Stated, owner: string): Problem {
  return fileProblem(place, owner, {
    got: `${name} a second time`,
    expected: 'each name once',
    why: `${first.from.replace('file ', '')} states it already`,
    fix: 'remove one of the two lines',
  });
}

function unreadable(path: string, owner: string): Problem {
  return fileProblem(path, owner, {
    got: 'no readable file',
    expected: 'a text file of NAME=value lines',
    why: 'this environment reads it at start',
    fix: `restore ${path}, and start in the folder of the service`,
  });
}

/** Reads the text of a configuration file; a line that is not understood is named by its number, never repeated. */
export function parseEnvFile(path: string, contents: string, owner: string): EnvFile {
  const values = new Map<string, Stated>();
  const problems: Problem[] = [];
  let notes: Record<string, string> = {};
  let comments: string[] = [];
  for (const [index, line] of contents.split('\n').entries()) {
    const place = `${path}:${index + 1}`;
    if (line.startsWith('#')) {
      if (line.endsWith('\\')) problems.push(joining(place, owner));
      if (line.startsWith(lastGenerated)) {
        notes = {};
        comments = [];
        continue;
      }
      const [, key, text] = note.exec(line) ?? [];
      if (key !== undefined && text !== undefined) notes[key.toLowerCase()] = text;
      comments.push(line);
      continue;
    }
    if (!/^[ \t]*$/.test(line)) {
      const [, name, raw] = assignment.exec(line) ?? [];
      const first = name === undefined ? undefined : values.get(name);
      if (name === undefined || raw === undefined) problems.push(malformed(place, owner));
      else if (first !== undefined) problems.push(repeated(place, name, first, owner));
      else values.set(name, { raw, from: `file ${place}`, notes, comments });
    }
    notes = {};
    comments = [];
  }
  return { path, values, problems };
}

export function readEnvFile(path: string, owner: string): EnvFile {
  try {
    return parseEnvFile(
      path,
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fileSystem().readFileSync(path)),
      owner,
    );
  } catch {
    return { path, values: new Map(), problems: [unreadable(path, owner)] };
  }
}
