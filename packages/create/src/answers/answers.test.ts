import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ScaffoldError } from '../errors.ts';

import { parseAnswers } from './answers.ts';
import { helpText, parseCommandLine } from './command-line.ts';
import { suggestName } from './names.ts';

function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ScaffoldError) return error.problems;
    throw error;
  }
  return [];
}

const valid = { name: 'orders-api', language: 'python', owner: 'team-orders' };

describe('answers', () => {
  it('have defaults that need no later editing', () => {
    expect(parseAnswers(valid)).toEqual({ ...valid, onCall: 'team-orders', directory: 'services', git: true });
  });

  it('are named all at once when they are missing', () => {
    expect(problemsOf(() => parseAnswers({})).map((problem) => problem.split(' ')[0])).toEqual([
      '--name',
      '--language',
      '--owner',
    ]);
  });

  it('are refused all at once', () => {
    const wrong = { name: 'Orders API', language: 'cobol', owner: '-', colour: 'red' };
    const problems = problemsOf(() => parseAnswers(wrong));
    expect(problems).toHaveLength(4);
    expect(problems[0]).toMatch(/^--name="Orders API": expected .*; for example orders-api$/);
    expect(problems[1]).toBe('--language="cobol": expected one of node, python');
  });

  it.each([
    '',
    'a',
    '-a',
    'a-',
    'a--b',
    '1a',
    'A',
    'a_b',
    'a.b',
    '../x',
    '/x',
    'a/b',
    'a\0b',
    'é',
    '😀',
    'x'.repeat(41),
    'con',
    'json',
    'fastapi',
    'class',
    'tests',
    'marlin-service',
    'submarlin',
  ])('refuse the name %j', (name) => {
    expect(problemsOf(() => parseAnswers({ ...valid, name }))).toHaveLength(1);
  });

  it('that are accepted are legal for npm, Python, DNS and the file system', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const name = parts.join('-');
        fc.pre(problemsOf(() => parseAnswers({ ...valid, name })).length === 0);
        expect(name).toMatch(/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/);
        expect(name.replaceAll('-', '_')).toMatch(/^[a-z_][a-z0-9_]*$/);
      }),
    );
  });

  it('are suggested only when they would be accepted', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const name = suggestName(text);
        expect(name === undefined ? [] : problemsOf(() => parseAnswers({ ...valid, name }))).toEqual([]);
      }),
    );
    expect([suggestName('Orders API'), suggestName('json'), suggestName('☃')]).toEqual([
      'orders-api',
      'json-service',
      undefined,
    ]);
  });
});

describe('the command line', () => {
  it('takes a value after = and after a space', () => {
    const argv = ['service', '--', '--name=orders-api', '--on-call', 'team-night', '--no-git'];
    expect(parseCommandLine(argv)).toEqual({
      help: false,
      input: { name: 'orders-api', onCall: 'team-night', git: false },
    });
  });

  it('names every mistake at once', () => {
    const problems = problemsOf(() =>
      parseCommandLine(['service', '--', '--colour=red', 'extra', '--no-git=1', '--name']),
    );
    expect(problems).toEqual([
      '--colour: there is no such flag',
      'extra: not expected; every answer is a flag',
      '--no-git: takes no value',
      '--name: a value is missing',
      expect.stringMatching(/^usage: /),
    ]);
  });

  it.each([
    [['service', '--name=orders-api'], 'our flags belong after --: npx plop service -- --name=orders-api'],
    [['service', '--force', '--', '--name=x'], '--force: not known here; say what is meant after --'],
    [['service', 'orders-api'], 'orders-api: not known here; say what is meant after --'],
  ])('refuses what plop would misread: %j', (argv, problem) => {
    expect(problemsOf(() => parseCommandLine(argv))[0]).toBe(problem);
  });

  it.each([[['service', '--help']], [['service', '--', '--help']]])('asks for help with %j', (argv) => {
    expect(parseCommandLine(argv)).toEqual({ help: true });
    for (const flag of ['--name=', '--language=', '--owner=', '--on-call=', '--directory=', '--no-git'])
      expect(helpText()).toContain(flag);
  });
});
