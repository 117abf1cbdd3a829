import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { answeringService, programService, temporaryFolder } from '../testing/fixture-service.ts';
import { runCli, startCli } from '../testing/run-cli.ts';

const marker = 'marker-value-of-the-environment';
const env = { MARKER: marker };

function serviceOf(settings: string): string {
  return temporaryFolder({
    'service.json': JSON.stringify({ name: 'orders-api', owner: 'team-orders', commands: { settings } }),
  });
}

/** A command that starts another process, notes both numbers and waits for ever. */
const hanging = 'echo waiting for a lock >&2; sleep 60 >/dev/null 2>&1 & echo "$$ $! end" >>pids; wait;';

/** The processes of so many commands, once all of them have begun. */
async function pidsOf(directory: string, commands: number): Promise<number[]> {
  const file = path.join(directory, 'pids');
  const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').match(/.* end\n/g) : null) ?? [];
  while (lines().length < commands) await sleep(10);
  return lines().flatMap((line) => line.split(' ').slice(0, 2).map(Number));
}

function isRunning(pid: number): boolean {
  const facts = `/proc/${pid}/stat`;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !existsSync(facts) || !readFileSync(facts, 'utf8').includes(') Z ');
}

describe('a settings command', () => {
  it.each([
    ['that is not installed', serviceOf, '.venv/bin/python -m x', 'CLI_COMMAND_MISSING', 'exit 127'],
    ['that may not be executed', serviceOf, './service.json', 'CLI_COMMAND_MISSING', 'exit 126'],
    ['that fails', programService, 'console.error("Traceback"); process.exit(1)', 'CLI_COMMAND_FAILED', 'exit 1'],
    [
      'that does not know the word',
      programService,
      'process.exit(64)',
      'CLI_COMMAND_FAILED',
      'exit 64: it does not know',
    ],
    ['that is killed', serviceOf, 'kill -9 $$;', 'CLI_COMMAND_FAILED', 'ended by SIGKILL'],
    ['that prints nothing', programService, '', 'CLI_ANSWER_INVALID', 'nothing on its stdout'],
    ['that prints blanks', programService, 'console.log()', 'CLI_ANSWER_INVALID', 'nothing on its stdout'],
    ['that prints garbage', programService, 'console.log("{garbage")', 'CLI_ANSWER_INVALID', 'text that is no JSON'],
    ['that prints two answers', programService, 'console.log("{}{}")', 'CLI_ANSWER_INVALID', 'text that is no JSON'],
    ['that prints null', programService, 'console.log(null)', 'CLI_ANSWER_INVALID', 'JSON where the whole is'],
    ['that prints bytes', programService, 'process.stdout.write(Buffer.from([255]))', 'CLI_ANSWER_INVALID', 'no UTF-8'],
    [
      'behind npm run',
      programService,
      'console.log("\\n> orders-api@1.0.0 settings\\n\\n{}")',
      'CLI_ANSWER_INVALID',
      '--silent',
    ],
    [
      'that prints without end',
      programService,
      'process.stdout.write(process.env.MARKER.repeat(400_000))',
      'CLI_COMMAND_OUTPUT',
      'more than 8 MiB',
    ],
  ])('%s is no answer', async (_what, service, program, code, got) => {
    const directory = service(program);
    const { stdout, stderr, exitCode } = await runCli(['config', 'verify', 'staging'], { directory, env });
    expect(stderr).toContain(`\n   code      ${code}\n   got       `);
    expect(stderr.split('\n').find((line) => line.startsWith('   got '))).toContain(got);
    expect(stderr).toMatch(
      /\n {3}expected {2}\S[^]*\n {3}fix {7}\S[^]*\n {3}retry {5}(yes|no): \S[^]*\n {3}owner {5}team-orders\n$/,
    );
    expect(stderr).not.toContain(marker);
    expect(stderr).not.toContain('    at ');
    expect([stdout, exitCode]).toEqual(['', 2]);
  });

  it('may print what it likes when it fails: it is passed on', async () => {
    const directory = answeringService({ 'verify staging': { stderr: 'Traceback\n  of the service\n', exit: 3 } });
    const { stderr } = await runCli(['config', 'verify', 'staging'], { directory });
    expect(stderr).toMatch(/^Traceback\n {2}of the service\nCommandError: /);
  });

  it('names how the service is set up', async () => {
    const directory = temporaryFolder();
    const commands = { settings: 'not-there', setup: 'make setup' };
    writeFileSync(path.join(directory, 'service.json'), JSON.stringify({ name: 'a', owner: 'b', commands }));
    const { stderr } = await runCli(['config', 'show'], { directory });
    expect(stderr).toContain(`\n   fix       cd ${directory} && make setup\n`);
  });

  it.each([
    [['show'], 1],
    [['verify', 'staging'], 1],
    [['diff', 'staging', 'production'], 2],
    [['docs'], 3],
    [['docs', '--check'], 3],
  ])('that hangs is ended with its children: config %j', async (words, commands) => {
    const directory = serviceOf(hanging);
    const { stdout, stderr, exitCode } = await runCli(['config', ...words, '--timeout', '700ms'], { directory });
    expect(stderr).toMatch(/^(waiting for a lock\n)+CommandError: the settings command did not end in time/);
    expect(stderr).toContain('\n   code      CLI_COMMAND_TIMEOUT\n');
    expect(stderr).toContain('still running after 700ms\n');
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect((await pidsOf(directory, commands)).filter(isRunning)).toEqual([]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('is ended with its children when %s comes', async (signal, code) => {
    const directory = serviceOf(hanging);
    const { child, ended } = startCli(['config', 'show'], { directory });
    const pids = await pidsOf(directory, 1);
    expect(pids.filter(isRunning)).toEqual(pids);
    child.kill(signal);
    const { stdout, stderr, exitCode } = await ended;
    expect(stderr).toContain(`\n   code      CLI_INTERRUPTED\n   got       ${signal}\n`);
    expect([stdout, exitCode]).toEqual(['', code]);
    expect(pids.filter(isRunning)).toEqual([]);
  });
});
