import { misspelt, nearest } from '../declare/nearest.ts';
import type { Problem } from '../errors/problem.ts';

import type { EnvFile } from './env-file.ts';
import { isForeign } from './foreign-names.ts';
import type { Environment } from './sources.ts';

const expected = 'a declared name';
const got = 'a name that no setting declares';

function unknown(name: string, from: string, near: string | undefined, owner: string): Problem {
  return {
    code: 'CFG_UNKNOWN',
    name,
    got,
    from,
    expected,
    why: near === undefined ? 'nothing reads it' : `did you mean ${near}?`,
    fix: near === undefined ? 'remove it' : `rename it to ${near}`,
    retryable: false,
    owner,
  };
}

/** Our own files may only hold declared names. */
export function unknownInFile(
  file: EnvFile,
  known: ReadonlySet<string>,
  declared: readonly string[],
  owner: string,
): Problem[] {
  return [...file.values]
    .filter(([name]) => !known.has(name))
    .map(([name, { from }]) => unknown(name, from, nearest(name, declared), owner));
}

/** The environment belongs to everybody: only a name one or two edits from a known one is called a typing error. */
export function misspeltInEnvironment(env: Environment, known: ReadonlySet<string>, owner: string): Problem[] {
  const names = [...known];
  return Object.keys(env)
    .toSorted()
    .filter((name) => name !== 'DEPLOY_ENVIRONMENT' && !known.has(name) && !isForeign(name, env[name] ?? ''))
    .flatMap((name) => {
      const near = misspelt(name, names);
      return near === undefined ? [] : [unknown(name, 'environment', near, owner)];
    });
}
