// Runs the tools of the Python template in place: the template is no npm workspace, so turbo calls them through the root.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { findPython } from './find-python.ts';

const repository = path.resolve(import.meta.dirname, '..');
const template = path.join(repository, 'templates/python-service');
const reports = path.join(repository, 'reports');

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const { status, error } = spawnSync(program, args, {
    cwd: template,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** The environment is built once for each content of these files: installing takes half a minute, looking takes none. */
function setUp(): void {
  const stamp = path.join(template, '.venv/seaworthy-stamp');
  const hash = createHash('sha256');
  for (const file of ['pyproject.toml', 'requirements.lock', 'requirements-dev.lock'])
    hash.update(readFileSync(path.join(template, file)));
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  run('make', ['setup']);
  writeFileSync(stamp, wanted);
}

function pytest(target: string, report: string): void {
  mkdirSync(reports, { recursive: true });
  const env = { DEPLOY_ENVIRONMENT: 'test' };
  run('.venv/bin/python', ['-m', 'pytest', target, `--junitxml=${path.join(reports, report)}`], env);
}

const tasks: Record<string, () => void> = {
  setup: setUp,
  lint: () => run('make', ['lint']),
  test: () => pytest('--ignore=tests/integration', 'python-unit.xml'),
  integration: () => pytest('tests/integration', 'python-integration.xml'),
};

const [name = ''] = process.argv.slice(2);
const task = tasks[name];
if (task === undefined) {
  process.stderr.write(`python.ts: unknown task "${name}"; expected one of ${Object.keys(tasks).join(', ')}\n`);
  process.exit(64);
}
try {
  const python = findPython();
  if ('missing' in python) process.stderr.write(`SKIPPED: python:${name} needs ${python.missing}\n`);
  else task();
} catch (error) {
  process.stderr.write(`python:${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
