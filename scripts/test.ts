// `npm test`: what every change has to pass, or the turbo tasks that are named, then one line that counts the tests of all
// runners, also when turbo answers from its cache.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { findPython, type FoundPython } from './find-python.ts';
import { sumReports, type Report } from './junit.ts';

const repository = path.resolve(import.meta.dirname, '..');
// In e2e a service of each language runs the integration tests of its template, and keeps the part of the contract that
// every service is held to. They take minutes, so they are not run in the templates as well.
const everyTask = [
  'format',
  'build',
  'lint',
  'lint:root',
  'typecheck',
  'typecheck:root',
  'test',
  'python:lint',
  'python:test',
  'check:repository',
  'contract:template',
  'e2e',
];

const named = process.argv.slice(2);
const tasks = named.length === 0 ? everyTask : named;

interface PlannedTask {
  readonly taskId: string;
  readonly directory: string;
  readonly command: string;
  readonly outputs: readonly string[] | null;
}

function turbo(python: FoundPython, args: readonly string[], stdio: 'inherit' | 'pipe') {
  // What was skipped without a Python is no answer for a machine that has one: turbo tells the two apart by it.
  const pythonVersion = 'version' in python ? python.version : 'none';
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', SEAWORTHY_PYTHON: pythonVersion };
  return spawnSync('turbo', ['run', ...tasks, ...args], {
    cwd: repository,
    stdio,
    encoding: 'utf8',
    env,
    maxBuffer: 1e8,
  });
}

/** The reports turbo's own plan promises, so that no list of runners is kept twice. */
function plannedReports(python: FoundPython): Report[] {
  const plan = turbo(python, ['--dry-run=json'], 'pipe');
  if (plan.status !== 0) throw new Error(`turbo could not plan the tasks:\n${plan.stderr}`);
  const { tasks: planned } = JSON.parse(plan.stdout) as { tasks: PlannedTask[] };
  return planned
    .filter((task) => task.command !== '<NONEXISTENT>')
    .flatMap(({ taskId, directory, outputs }) =>
      (outputs ?? [])
        .filter((output) => output.endsWith('.xml'))
        .map((output) => ({ runner: taskId, file: path.join(repository, directory, output) })),
    );
}

/** Runs the tasks and prints what became of them; returns the exit code. */
function runTests(python: FoundPython): number {
  const planned = plannedReports(python);
  const skipped = 'missing' in python ? planned.filter(({ runner }) => runner.startsWith('//#python:')) : [];
  const reports = planned.filter((report) => !skipped.includes(report));
  for (const { file } of reports) rmSync(file, { force: true });
  const args = ['--continue=dependencies-successful', '--output-logs=new-only'];
  const run = turbo(python, args, 'inherit');
  const isAllSkipped = reports.length === 0 && skipped.length > 0;
  const sum = isAllSkipped
    ? { passed: 0, failed: 0, lines: [] }
    : sumReports(reports, (file) => readFileSync(file, 'utf8'));
  for (const line of sum.lines) process.stdout.write(`${line}\n`);
  if (run.status !== 0 && sum.failed === 0)
    process.stdout.write('a task that runs no tests failed; its output is above\n');
  // The last but one line, because the output above is long.
  if ('missing' in python)
    process.stdout.write(`SKIPPED: everything that runs the Python template needs ${python.missing}\n`);
  process.stdout.write(`${sum.passed} passed, ${sum.failed} failed\n`);
  return run.status === 0 && sum.failed === 0 ? 0 : 1;
}

try {
  process.exitCode = runTests(findPython());
} catch (error) {
  process.stderr.write(`npm test: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
