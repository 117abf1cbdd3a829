// `npm test`: every turbo task, then one line that counts the tests of all runners, also when turbo answers from its cache.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { sumReports, type Report } from './junit.ts';

const repository = path.resolve(import.meta.dirname, '..');
const tasks = [
  'format',
  'build',
  'lint',
  'lint:root',
  'typecheck',
  'typecheck:root',
  'test',
  'integration',
  'python:lint',
  'python:test',
  'python:integration',
  'check:repository',
  'contract',
  'e2e',
];

interface PlannedTask {
  readonly taskId: string;
  readonly directory: string;
  readonly command: string;
  readonly outputs: readonly string[] | null;
}

function turbo(args: readonly string[], stdio: 'inherit' | 'pipe') {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
  return spawnSync('turbo', ['run', ...tasks, ...args], {
    cwd: repository,
    stdio,
    encoding: 'utf8',
    env,
    maxBuffer: 1e8,
  });
}

/** The reports turbo's own plan promises, so that no list of runners is kept twice. */
function plannedReports(): Report[] {
  const plan = turbo(['--dry-run=json'], 'pipe');
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

const reports = plannedReports();
for (const { file } of reports) rmSync(file, { force: true });
const run = turbo(['--continue=dependencies-successful', '--output-logs=new-only', '--concurrency=2'], 'inherit');
const sum = sumReports(reports, (file) => readFileSync(file, 'utf8'));
for (const line of sum.lines) process.stdout.write(`${line}\n`);
if (run.status !== 0 && sum.failed === 0)
  process.stdout.write('a task that runs no tests failed; its output is above\n');
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed\n`);
process.exitCode = run.status === 0 && sum.failed === 0 ? 0 : 1;
