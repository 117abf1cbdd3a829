import { describe, expect, it } from 'vitest';

import { run } from './run.ts';
import { temporaryFolder } from './testing/fixture-service.ts';

async function runHere(...words: string[]) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const screens = {
    stdout: { write: (text: string) => stdout.push(text) },
    stderr: { write: (text: string) => stderr.push(text) },
  };
  return { exitCode: await run(words, screens), stdout: stdout.join(''), stderr: stderr.join('') };
}

const leaves = [['show'], ['verify', 'staging'], ['diff', 'staging', 'production'], ['docs']];

describe('the command line', () => {
  it.each([
    ['a group', ['settings'], "unknown command 'settings'"],
    ['a command', ['config', 'shwo'], "unknown command 'shwo' (Did you mean show?)"],
    ['an option of the group', ['config', '--all'], "unknown option '--all'"],
    ['an environment that is missing', ['config', 'verify'], "missing required argument 'environment'"],
    ['an environment that is none', ['config', 'verify', 'prod'], 'did you mean production?'],
    ['an empty environment', ['config', 'verify', ''], 'Expected one of development, test, staging, production'],
    ['an environment in capitals', ['config', 'verify', 'STAGING'], 'did you mean staging?'],
    ['one environment', ['config', 'diff', 'staging'], "missing required argument 'b'"],
    [
      'one that is none',
      ['config', 'diff', 'staging', 'live'],
      'Expected one of development, test, staging, production',
    ],
    ['one twice', ['config', 'diff', 'staging', 'staging'], 'staging twice'],
    ['three', ['config', 'diff', 'staging', 'production', 'test'], 'too many arguments'],
    ['--check elsewhere', ['config', 'show', '--check'], "unknown option '--check'"],
    ['a value for a switch', ['config', 'docs', '--check=yes'], '--check'],
    ...leaves.flatMap((words): [string, string[], string][] => [
      [`${words[0]}, a word more`, ['config', ...words, 'more'], 'too many arguments'],
      [
        `${words[0]}, an unknown option`,
        ['config', ...words, '--jsno'],
        "unknown option '--jsno' (Did you mean --json?)",
      ],
      [`${words[0]}, no folder`, ['config', ...words, '--directory'], 'argument missing'],
      [
        `${words[0]}, a folder that is not there`,
        ['config', ...words, '--directory', '/nowhere'],
        '--directory /nowhere',
      ],
      [`${words[0]}, no duration`, ['config', ...words, '--timeout'], 'argument missing'],
    ]),
    ...['60', '0s', '-5s', '1.5s', '60S', '2h', '61m', '1e3ms', ' 60s', '', '６0s'].map(
      (written): [string, string[], string] => [
        `the duration "${written}"`,
        ['config', 'show', '--timeout', written],
        'Expected a duration from 1ms to 1h with its unit ms, s or m, such as 60s.',
      ],
    ),
  ])('refuses %s', async (_what, words, got) => {
    const { exitCode, stdout, stderr } = await runHere(...words);
    expect(stderr).toMatch(
      /^CommandError: the command line is not understood\. Nothing was run\.\n {3}code {6}CLI_USAGE\n/,
    );
    expect(stderr.split('\n').find((line) => line.startsWith('   got '))).toContain(got);
    expect(stderr).toMatch(
      /\n {3}expected {2}\S.*\n {3}fix {7}seaworthy \S.*\n {3}retry {5}no: .*\n {3}owner {5}\S.*\n$/,
    );
    expect([exitCode, stdout]).toEqual([64, '']);
  });

  it.each([[[]], [['config']]])('without a command shows what there is, with exit 64: %j', async (words) => {
    const { exitCode, stdout, stderr } = await runHere(...words);
    expect(stderr).toMatch(/^Usage: seaworthy/);
    expect([exitCode, stdout]).toEqual([64, '']);
  });

  it.each(
    [['--help'], ['config', '--help'], ['help', 'config'], ['config', 'help', 'verify'], ['--version']].map((words) => [
      words,
    ]),
  )('answers %j with exit 0', async (words) => {
    const { exitCode, stdout, stderr } = await runHere(...words);
    expect(stdout).toMatch(/^(Usage: seaworthy |\d+\.\d+\.\d+\n$)/);
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  it.each(leaves)('needs a service for %s', async (...words) => {
    const { exitCode, stdout, stderr } = await runHere('config', ...words, '--directory', temporaryFolder());
    expect(stderr).toContain('\n   code      CLI_SERVICE_MISSING\n');
    expect([exitCode, stdout]).toEqual([2, '']);
  });

  it('shows no control character that was typed', async () => {
    const { stderr } = await runHere('config', 'verify', '\u001B[31m');
    expect(stderr).not.toContain('\u001B');
  });
});
