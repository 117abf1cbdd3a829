import { spawnSync } from 'node:child_process';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../..');
const tasks = ['build', 'lint', 'typecheck', 'test'];
/** `//#python:setup`, which looks at the machine each time. */
const neverCached = 1;

function runTasks(): string {
  const args = ['run', ...tasks, '--output-logs=errors-only', '--concurrency=2'];
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
  const { status, stdout, stderr, error } = spawnSync('turbo', args, { cwd: repository, encoding: 'utf8', env });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`turbo run ${tasks.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** Seconds of `turbo run build lint typecheck test` with nothing changed, once for each round. */
export function timeCachedRuns(rounds: number): number[] {
  runTasks();
  return Array.from({ length: rounds }, () => {
    const begun = performance.now();
    const output = runTasks();
    const seconds = (performance.now() - begun) / 1000;
    const [, cached, total] = /Cached: +(\d+) cached, (\d+) total/.exec(output) ?? [];
    if (Number(total) - Number(cached) !== neverCached)
      throw new Error(`expected every task but ${neverCached} from the cache:\n${output}`);
    return seconds;
  });
}
