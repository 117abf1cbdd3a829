import { describe, expect, it } from 'vitest';

import { ScaffoldError } from '../errors.ts';

import { helpText } from './door.ts';
import { parsePlopArguments, plopDoor } from './plop-arguments.ts';

function problemsOf(argv: readonly string[]): readonly string[] {
  try {
    parsePlopArguments(argv);
  } catch (error) {
    if (error instanceof ScaffoldError && error.code === 'SCAFFOLD_ARGUMENTS') return error.problems;
    throw error;
  }
  return [];
}

const usage = 'usage: npx plop service -- --name=orders-api --language=python --owner=team-orders';

describe('flags after the dashes', () => {
  it.each([
    [['--name=orders-api', '--on-call=night', '--no-git']],
    [['--name', 'orders-api', '--on-call', 'night', '--no-git']],
    [['--no-git', '--on-call=night', '--name', 'orders-api']],
  ])('are read from %j', (flags) => {
    const input = { name: 'orders-api', onCall: 'night', git: false };
    expect(parsePlopArguments(['service', '--', ...flags])).toEqual({ kind: 'run', run: {}, input });
  });

  it('may be none, with or without the name of the generator', () => {
    for (const argv of [['service', '--'], ['service'], ['--'], []])
      expect(parsePlopArguments(argv)).toEqual({ kind: 'run', run: {}, input: {} });
  });

  it('keep a value with an equals sign, an empty one, and one that begins with a hyphen', () => {
    const parsed = parsePlopArguments(['service', '--', '--directory=a=b', '--name=', '--owner=-x']);
    expect(parsed).toEqual({ kind: 'run', run: {}, input: { directory: 'a=b', name: '', owner: '-x' } });
  });

  it('are refused all at once', () => {
    const flags = ['--nmae=x', '--color', 'red', '-n', '--name=a', '--name=b', '--no-git=x', 'word', '--owner'];
    expect(problemsOf(['service', '--', ...flags])).toEqual([
      '--nmae: there is no such flag',
      '--color: there is no such flag',
      '-n: there is no such flag',
      '--name is given twice',
      '--no-git takes no value',
      '--owner needs a value',
      'word: expected flags only',
      usage,
    ]);
  });

  it('tell how to run, apart from the answers', () => {
    const flags = ['--dry-run', '--json', '--answers=a.json', '--vendor', 'packed', '--install', '--git'];
    expect(parsePlopArguments(['service', '--', ...flags])).toEqual({
      kind: 'run',
      run: { dryRun: true, json: true, answers: 'a.json', vendor: 'packed' },
      input: { install: true, git: true },
    });
    expect(problemsOf(['service', '--', '--git', '--no-git'])).toEqual(['--no-git is given twice', usage]);
  });

  it('belong to a generator of another name too', () => {
    const door = plopDoor('backend');
    expect(parsePlopArguments(['backend', '--', '--name=ab'], door)).toMatchObject({ input: { name: 'ab' } });
    expect(() => parsePlopArguments(['service', '--', '--name=ab'], door)).toThrow('npx plop backend -- --name=ab');
  });

  it('are no values of each other', () => {
    expect(problemsOf(['service', '--', '--name', '--language=node'])).toEqual(['--name needs a value', usage]);
  });

  it('may not be hidden behind a second pair of dashes', () => {
    expect(problemsOf(['service', '--', '--', '--name=a'])).toEqual(['--name=a: expected flags only', usage]);
  });
});

describe('what stands before the dashes', () => {
  it.each([
    [['--name=ab', '--language', 'node'], [], '--name=ab --language=node'],
    [['--name=ab'], ['--owner=t1'], '--name=ab --owner=t1'],
    [['--no-git', '--directory', 'a b'], [], "--no-git '--directory=a b'"],
    [['--directory', "a'b"], [], String.raw`'--directory=a'\''b'`],
  ])('is moved behind them: %j', (before, after, corrected) => {
    const problems = problemsOf(['service', ...before, '--', ...after]);
    expect(problems).toEqual(['flags belong after --', `instead: npx plop service -- ${corrected}`]);
  });

  it.each(['--force', '-f', '--dest=/x', '--no-progress', '--plopfile=x', 'orders-api', 'service'])(
    'is refused: %s',
    (word) => {
      const [problem, instead] = problemsOf(['service', word, '--', '--name=ab']);
      expect(problem).toContain(`${word.split('=')[0]}: not understood`);
      expect(instead).toBe('instead: npx plop service -- --name=ab');
    },
  );

  it.each([
    [['service', 'orders-api'], '--name=orders-api'],
    [['service', 'orders-api', '--no-git', '--', '--owner=t1'], '--name=orders-api --no-git --owner=t1'],
    [['service', 'Orders API'], "'--name=Orders API'"],
    [['service', 'orders-api', '--', '--name', 'ab'], '--name ab'],
  ])('may be a name by itself: %j', (argv, corrected) => {
    const [problem, ...rest] = problemsOf(argv);
    expect(problem).toBe(`${argv[1]}: not understood; expected flags only`);
    expect(rest.at(-1)).toBe(`instead: npx plop service -- ${corrected}`);
  });

  it('is refused together, also without the name of the generator and without dashes', () => {
    expect(problemsOf(['--force', 'word', '--name=ab'])).toEqual([
      '--force: not understood; nothing is ever overwritten',
      'word: not understood; expected flags only',
      'flags belong after --',
      'instead: npx plop service -- --name=ab',
    ]);
    expect(problemsOf(['service', '--force']).at(-1)).toBe(usage.replace('usage', 'instead'));
  });
});

describe('help', () => {
  it.each([
    [['service', '--help']],
    [['service', '-h']],
    [['service', '--', '--help']],
    [['service', '--', '-h']],
    [['service', '--force', '--', '--help', '--nonsense']],
  ])('is what %j asks for', (argv) => {
    expect(parsePlopArguments(argv)).toEqual({ kind: 'help' });
  });

  it('has a line for each flag', () => {
    const help = helpText(plopDoor());
    const listed = [...help.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, flag]) => flag);
    const answers = ['name', 'language', 'owner', 'on-call', 'directory', 'no-git', 'install'];
    expect(listed).toEqual([...answers, 'answers', 'vendor', 'dry-run', 'json', 'schema', 'version', 'help']);
    expect(help).toContain('the parent folder [services]');
  });
});
