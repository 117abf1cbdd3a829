import { misspelt, nearest } from '../declare/nearest.ts';
import type { Problem } from '../errors/problem.ts';

import type { EnvFile } from './env-file.ts';
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
export function unknownInFile(file: EnvFile, declared: readonly string[], owner: string): Problem[] {
  return [...file.values]
    .filter(([name]) => !declared.includes(name))
    .map(([name, { from }]) => unknown(name, from, nearest(name, declared), owner));
}

// Names that other programs own and that stand close to ours.
const foreignNames = new Set([
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'FTP_PROXY',
  'HTTPS_PORT',
  'HTTPS_HOST',
]);

function isForeign(name: string, value: string): boolean {
  // Kubernetes writes the address of every service into the environment of all others.
  return foreignNames.has(name) || /^(tcp|udp):\/\//.test(value) || /_SERVICE_(HOST|PORT)$/.test(name);
}

/** The environment belongs to everybody: only a name one or two edits from a declared one is called a typing error. */
export function misspeltInEnvironment(env: Environment, declared: readonly string[], owner: string): Problem[] {
  return Object.keys(env)
    .toSorted()
    .filter((name) => name !== 'DEPLOY_ENVIRONMENT' && !declared.includes(name) && !isForeign(name, env[name] ?? ''))
    .flatMap((name) => {
      const near = misspelt(name, declared);
      return near === undefined ? [] : [unknown(name, 'environment', near, owner)];
    });
}
