import { readFileSync } from 'node:fs';

import type { Problem } from '../errors/problem.ts';

export interface Stated {
  readonly raw: string;
  /** `file config/staging.env:12` or `environment` */
  readonly from: string;
}

export interface EnvFile {
  readonly path: string;
  readonly values: ReadonlyMap<string, Stated>;
  readonly problems: readonly Problem[];
}

// What node --env-file, python-dotenv, bash and systemd read alike.
const assignment = /^([A-Z][A-Z0-9_]*)=([A-Za-z0-9_./:@%+,=~-]*)$/;

function fileProblem(name: string, owner: string, facts: Pick<Problem, 'got' | 'expected' | 'why' | 'fix'>): Problem {
  return { code: 'CFG_FILE', name, retryable: false, owner, ...facts };
}

function malformed(place: string, owner: string): Problem {
  return fileProblem(place, owner, {
    got: 'a line that is not shown',
    expected: 'NAME=value, a whole-line # comment, or a blank line',
    why: 'it is none of these, or its value has a character outside A-Za-z0-9_./:@%+,=~-',
    fix: `correct ${place}`,
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
  for (const [index, line] of contents.split('\n').entries()) {
    if (/^[ \t\r]*$/.test(line) || line.startsWith('#')) continue;
    const place = `${path}:${index + 1}`;
    const [, name, raw] = assignment.exec(line.replace(/\r$/, '')) ?? [];
    const first = name === undefined ? undefined : values.get(name);
    if (name === undefined || raw === undefined) problems.push(malformed(place, owner));
    else if (first !== undefined) problems.push(repeated(place, name, first, owner));
    else values.set(name, { raw, from: `file ${place}` });
  }
  return { path, values, problems };
}

export function readEnvFile(path: string, owner: string): EnvFile {
  try {
    return parseEnvFile(path, new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)), owner);
  } catch {
    return { path, values: new Map(), problems: [unreadable(path, owner)] };
  }
}
