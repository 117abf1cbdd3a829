import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { serviceFiles, loadSettings, defineDefaults, text } from '@seaworthy/defaults';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readAsSystemd } from './systemd-environment-file.ts';

const templates = path.resolve(import.meta.dirname, '../../templates');
const python = path.join(templates, 'python-service/.venv/bin/python');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'readers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Values = Readonly<Record<string, string>>;

/** What a program prints as NUL-separated NAME=value pairs, with an empty environment before it. */
function pairs(program: string, args: readonly string[], names: readonly string[]): Values {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8', env: {}, maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  const all = stdout.split('\0').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
  return Object.fromEntries(all.filter(([name = '']) => names.includes(name))) as Values;
}

const readers: Readonly<Record<string, (file: string, names: readonly string[]) => Values>> = {
  'node --env-file': (file, names) => {
    const print = 'process.stdout.write(Object.entries(process.env).map(([a, b]) => a + "=" + b).join("\\0"))';
    return pairs(process.execPath, [`--env-file=${file}`, '-e', print], names);
  },
  'python-dotenv': (file, names) => {
    const print =
      'import sys, dotenv; print("\\0".join(f"{a}={b}" for a, b in dotenv.dotenv_values(sys.argv[1]).items()), end="")';
    return pairs(python, ['-c', print, file], names);
  },
  bash: (file, names) =>
    pairs('/bin/bash', ['--norc', '-c', 'set -a; . "$1"; exec /usr/bin/env -0', 'bash', file], names),
  'systemd, by its documented rule': (file) => readAsSystemd(readFileSync(file, 'utf8')),
};

/** What our own reader finds: one text setting for each name. */
function readHere(file: string, names: readonly string[]): Values {
  const texts = { owner: 'a', reason: 'a', expect: 'a', rollback: 'a' };
  const settings = Object.fromEntries(names.map((env) => [env, text({ env, ...texts })]));
  const groups = { group: defineDefaults('group', '', settings) };
  const env = { DEPLOY_ENVIRONMENT: 'production' };
  return loadSettings(groups, { env, files: { production: [file] }, owner: 'a' }).settings.group;
}

const value = fc.stringMatching(/^[A-Za-z0-9_./:@%+,=?-]{1,60}$/);
const comment = fc
  .array(fc.oneof(fc.stringMatching(/^[ -~]$/), fc.constantFrom('ä', '€', '😀')), { maxLength: 60 })
  .map((letters) => letters.join(''))
  .filter((line) => !line.endsWith('\\'));

describe('a file of ours is read alike', () => {
  it.each(Object.keys(readers))('by our loader and %s, whatever its values and comments are', (name) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(comment, value), { minLength: 1, maxLength: 60 }), (lines) => {
        const named = lines.map(([note, written], index) => [note, `V_${index}`, written] as const);
        const file = path.join(folder, 'any.env');
        writeFileSync(file, named.map(([note, key, written]) => `# ${note}\n${key}=${written}\n`).join('\n'));
        const names = named.map(([, key]) => key);
        const wanted = Object.fromEntries(named.map(([, key, written]) => [key, written]));
        expect(readHere(file, names)).toEqual(wanted);
        expect(readers[name]?.(file, names)).toEqual(wanted);
      }),
      { numRuns: 15 },
    );
  });

  describe.each(['node-service', 'python-service'])('in %s', (template) => {
    const { staging = [] } = serviceFiles(path.join(templates, template, 'config'));

    it.each(staging.map((file) => [path.basename(file), file]))('%s', (_name, file) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      const names = lines.flatMap((line) => /^([A-Z][A-Z0-9_]*)=/.exec(line)?.[1] ?? []);
      expect(names.length).toBeGreaterThan(0);
      const [first, ...more] = Object.values(readers).map((read) => read(file, names));
      for (const other of more) expect(other).toEqual(first);
      expect(readHere(file, names)).toEqual(first);
    });
  });
});

it('systemd joins a comment that ends with a backslash to the next line, which is why we refuse one', () => {
  expect(readAsSystemd('# C:\\\nA=1\nB=2\n')).toEqual({ B: '2' });
});
