import { builtinModules } from 'node:module';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ScaffoldError } from '../errors.ts';

import { parseAnswers } from './answers.ts';

const right = { name: 'orders-api', language: 'python', owner: 'team-orders' };

function problemsOf(input: Record<string, unknown>): readonly string[] {
  try {
    parseAnswers(input);
  } catch (error) {
    if (error instanceof ScaffoldError && error.code === 'SCAFFOLD_ANSWERS') return error.problems;
    throw error;
  }
  return [];
}

function isAccepted(name: string): boolean {
  return problemsOf({ ...right, name }).length === 0;
}

/** Names near the border between legal and not: what people type. */
const typedName = fc.oneof(
  fc.string({ maxLength: 50 }),
  fc.string({ unit: fc.constantFrom('a', 'z', 'A', '0', '9', '-', '_', '.', ' '), maxLength: 45 }),
  fc.constantFrom(...builtinModules, 'class', 'none', 'test', 'node_modules', 'con', 'favicon.ico', 'orders-api'),
);

const legalName = fc
  .array(fc.stringMatching(/^[a-z][a-z0-9]{1,5}$/), { minLength: 2, maxLength: 5 })
  .map((words) => words.join('-'));

describe('names', () => {
  it('are legal for npm, Python and DNS when they are accepted', () => {
    fc.assert(
      fc.property(fc.oneof(typedName, legalName), (name) => {
        fc.pre(isAccepted(name));
        expect(name).toMatch(/^[a-z0-9][a-z0-9._-]{0,213}$/);
        expect(builtinModules).not.toContain(name);
        expect(name.replaceAll('-', '_')).toMatch(/^[a-z_][a-z0-9_]*$/);
        expect(name).toMatch(/^(?!-)[a-z0-9-]{1,63}(?<!-)$/);
      }),
      { numRuns: 500 },
    );
  });

  it('are refused in every other shape', () => {
    fc.assert(
      fc.property(typedName, (name) => {
        const hasShape = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length >= 2 && name.length <= 40;
        fc.pre(!hasShape);
        expect(isAccepted(name)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['ab', 'a1', 'orders-api', 'a-1', `a${'b'.repeat(39)}`, 'class-service'])('accept %s', (name) => {
    expect(problemsOf({ ...right, name })).toEqual([]);
  });

  it.each(['', 'a', `a${'b'.repeat(40)}`, '1a', '-a', 'a-', 'a--b', 'a_b', 'a.b', 'Ab', 'ab\n', 'é1', '../ab', 'a/b'])(
    'refuse %j',
    (name) => {
      expect(problemsOf({ ...right, name })).toHaveLength(1);
    },
  );

  it.each([
    ['class', 'a keyword of Python', 'class-service'],
    ['json', "a module of Python's standard library", 'json-service'],
    ['dgram', 'a module of Node', 'dgram-service'],
    ['csv-parse', 'a package that services depend on', 'csv-parse-service'],
    ['src', 'a folder or a file of every service', 'src-service'],
    ['com1', 'Windows keeps it', 'com1-service'],
    ['Orders API', 'expected 2 to 40 characters', 'orders-api'],
    ['OrdersApi', 'expected 2 to 40 characters', 'orders-api'],
    ['7Größe!', 'expected 2 to 40 characters', 'gro-e'],
  ])('refuse %s with the reason and what would do', (name, reason, suggestion) => {
    const [problem = ''] = problemsOf({ ...right, name });
    expect(problem).toContain(reason);
    expect(problem.endsWith(`for example ${suggestion}`)).toBe(true);
  });

  it('suggest only what they accept', () => {
    fc.assert(
      fc.property(typedName, (name) => {
        const suggestion = /; for example (.+)$/.exec(problemsOf({ ...right, name })[0] ?? '')?.[1];
        fc.pre(suggestion !== undefined);
        expect(isAccepted(suggestion)).toBe(true);
      }),
    );
  });

  it('suggest nothing where nothing is near', () => {
    expect(problemsOf({ ...right, name: '123' })[0]).not.toContain('for example');
    expect(problemsOf({ ...right, name: 'marlin-two' })[0]).toContain('a name without "marlin"');
    expect(problemsOf({ ...right, owner: 'team-marlin' })[0]).toContain('a name without "marlin"');
  });

  it('may be taken words for a team', () => {
    expect(problemsOf({ ...right, owner: 'platform', onCall: 'http' })).toEqual([]);
  });
});

describe('answers', () => {
  it('get their defaults', () => {
    expect(parseAnswers(right)).toEqual({ ...right, onCall: 'team-orders', directory: 'services', git: true });
    const given = { ...right, onCall: 'team-night', directory: '/srv', git: false };
    expect(parseAnswers(given)).toEqual(given);
  });

  it('name everything that is missing at once', () => {
    expect(problemsOf({})).toEqual([
      '--name is missing: the service, for example orders-api',
      '--language is missing: node or python',
      '--owner is missing: the team that answers for the service, for example team-orders',
    ]);
  });

  it('name everything that is wrong at once', () => {
    const problems = problemsOf({
      ...right,
      language: 'ruby',
      onCall: 'A',
      directory: '',
      git: 'no',
      color: 1,
      size: 2,
    });
    expect(problems.map((problem) => problem.split(/[=:]/)[0])).toEqual([
      '--language',
      '--on-call',
      '--directory',
      '--git',
      '--color, --size',
    ]);
    expect(problems[0]).toBe('--language="ruby": expected one of node, python');
  });

  it('refuse a path that no disk has', () => {
    expect(problemsOf({ ...right, directory: 'a\0b' })[0]).toContain('expected a path');
  });
});
