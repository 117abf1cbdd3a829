import { builtinModules } from 'node:module';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ScaffoldError } from '../errors.ts';

import { defaultOf, missingAnswers, parseAnswers, problemsOfGiven, toAnswersJsonSchema } from './answers.ts';

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
  fc.constantFrom('pg-orders', 'pg-order', 'pg-pg', 'marlin-two', 'marlin', 'two-marlin', 'pg-marlin-2', 'submarlines'),
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
        // A repository of Docker, a unit of systemd, and an identifier of PostgreSQL that needs no quotes.
        expect(name).toMatch(/^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/);
        expect(`${name}.service`).toMatch(/^[A-Za-z0-9:_.\\-]{1,255}$/);
        expect(name.replaceAll('-', '_')).toMatch(/^(?!pg_)[a-z_][a-z0-9_]{0,62}$/);
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
    ['sqlalchemy', 'a package that services depend on', 'sqlalchemy-service'],
    ['ioredis', 'a package that services depend on', 'ioredis-service'],
    ['psycopg', 'a package that services depend on', 'psycopg-service'],
    ['dotenv', 'a package that services depend on', 'dotenv-service'],
    ['pg', 'a package that services depend on', undefined],
    ['update', 'a command of create-seaworthy', 'update-service'],
    ['src', 'a folder or a file of every service', 'src-service'],
    ['com1', 'Windows keeps it', 'com1-service'],
    ['con', 'Windows keeps it', 'con-service'],
    ['debugger', 'a reserved word of JavaScript', 'debugger-service'],
    ['user', 'a reserved word of PostgreSQL', 'user-service'],
    ['order', 'a reserved word of PostgreSQL', 'order-service'],
    ['pg-orders', 'PostgreSQL keeps names that begin with pg_', 'orders'],
    ['pg-order', 'PostgreSQL keeps names that begin with pg_', undefined],
    ['marlin-two', 'a name without "marlin"', 'two'],
    ['two-marlin', 'a name without "marlin"', 'two'],
    ['marlin', 'a name without "marlin"', undefined],
    ['template1', 'a database or a schema of PostgreSQL', 'template1-service'],
    ['nginx', 'a unit, an account or an image', 'nginx-service'],
    ['localhost', 'a unit, an account or an image', 'localhost-service'],
    ['orders.', 'expected 2 to 40 characters', 'orders'],
    ['../orders', 'expected 2 to 40 characters', 'orders'],
    ['/srv/orders', 'expected 2 to 40 characters', 'srv-orders'],
    ['orders\u001B[31m\u009B', 'expected 2 to 40 characters', 'orders-31m'],
    ['orders 🚢', 'expected 2 to 40 characters', 'orders'],
    ['🚢', 'expected 2 to 40 characters', undefined],
    ['o'.repeat(200), 'expected 2 to 40 characters', 'o'.repeat(40)],
    ['Orders API', 'expected 2 to 40 characters', 'orders-api'],
    ['OrdersApi', 'expected 2 to 40 characters', 'orders-api'],
    ['7Größe!', 'expected 2 to 40 characters', 'gro-e'],
  ])('refuse %s with the reason and what would do', (name, reason, suggestion) => {
    const [problem = ''] = problemsOf({ ...right, name });
    expect(problem).toContain(reason);
    // oxlint-disable-next-line no-control-regex -- what must not reach a terminal
    expect(problem).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
    expect(/; for example (.+)$/.exec(problem)?.[1]).toBe(suggestion);
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
  });

  it('may be taken words for a team, which may not be called after the templates either', () => {
    expect(problemsOf({ ...right, owner: 'platform', onCall: 'http' })).toEqual([]);
    expect(problemsOf({ ...right, owner: 'team-marlin' })).toEqual([
      '--owner="team-marlin": expected a name without "marlin", the word the templates are written with; for example team',
    ]);
  });
});

describe('answers', () => {
  it('get their defaults', () => {
    expect(parseAnswers(right)).toEqual({
      ...right,
      onCall: 'team-orders',
      directory: 'services',
      git: true,
      install: false,
    });
    const given = { ...right, onCall: 'team-night', directory: '/srv', git: false, install: true };
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
      '"color", "size"',
    ]);
    expect(problems[0]).toBe('--language="ruby": expected one of node, python');
  });

  it.each(['a\0b', 'a\nb', '\u001B[2J', '\u009Bx'])('refuse the path %j, which a terminal would obey', (directory) => {
    expect(problemsOf({ ...right, directory })[0]).toContain('expected a path without control characters');
  });

  it.each(['~', '~/services'])('refuse %s, which only a shell reads as a home', (directory) => {
    expect(problemsOf({ ...right, directory })).toEqual([
      `--directory="${directory}": the shell has left its ~ as it stands; write $HOME instead`,
    ]);
  });

  it.each(['~backup', 'a~/b', './~'])('accept the path %s', (directory) => {
    expect(problemsOf({ ...right, directory })).toEqual([]);
  });

  it('refuse a key that no object should have', () => {
    expect(
      problemsOf(JSON.parse('{"__proto__": {"name": "ab"}, "constructor": 1}') as object as never).join(),
    ).toContain('there is no such answer');
  });

  it('tell what is missing and what is wrong apart', () => {
    expect(missingAnswers({ name: 'Orders' })).toEqual(['language', 'owner']);
    expect(problemsOfGiven({ name: 'Orders', color: 1 })).toEqual([
      expect.stringContaining('--name="Orders": '),
      '"color": there is no such answer',
    ]);
    expect(problemsOfGiven({ name: 'orders-api' })).toEqual([]);
    expect([defaultOf('git'), defaultOf('install'), defaultOf('directory'), defaultOf('name')]).toEqual([
      true,
      false,
      'services',
      undefined,
    ]);
  });

  it('have a JSON Schema that refuses what they refuse, for an editor', () => {
    const schema = JSON.parse(toAnswersJsonSchema()) as { properties: object; required: string[] };
    expect(schema).toMatchObject({ required: ['name', 'language', 'owner'], additionalProperties: false });
    expect(schema.properties).toMatchObject({
      $schema: { type: 'string' },
      name: { type: 'string', minLength: 2, maxLength: 40, pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' },
      language: { enum: ['node', 'python'] },
      git: { default: true },
    });
  });
});
