// Writes every generated file of the repository; tests here and in the templates compare them with what is committed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { apiSurfaces } from './api-surface.ts';
import { generatedFiles } from './generated.ts';
import { ruffRulesJson } from './ruff-rules.ts';

// First, because the page of lint rules lists it.
const ruff = path.resolve(import.meta.dirname, '../templates/python-service/.venv/bin/ruff');
const ruffRules = path.resolve(import.meta.dirname, '../packages/preset/python/ruff-rules.json');
if (existsSync(ruff)) writeFileSync(ruffRules, ruffRulesJson(ruff));

for (const { file, contents } of [...generatedFiles(), ...(await apiSurfaces())]) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, contents);
}

// The documents of a service are written by the service itself, in its own language.
const templates = path.resolve(import.meta.dirname, '../templates');
const writers = [
  { template: 'node-service', program: 'node', args: ['src/settings-command.ts'] },
  { template: 'python-service', program: '.venv/bin/python', args: ['-m', 'marlin_service.settings'] },
];
for (const { template, program, args } of writers) {
  const cwd = path.join(templates, template);
  if (program.includes('/') && !existsSync(path.join(cwd, program))) {
    process.stderr.write(
      `${template}: not installed, so its documents were left alone; npm run python:setup installs it\n`,
    );
    continue;
  }
  for (const [command, file] of [
    [['docs'], 'docs/defaults.md'],
    [['env', 'production'], 'config/production.env'],
    [['env', 'staging'], 'config/staging.env'],
  ] as const) {
    const { status, stdout, stderr } = spawnSync(program, [...args, ...command], { cwd, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${template}: ${command.join(' ')} failed:\n${stderr}`);
    writeFileSync(path.join(cwd, file), stdout);
  }
}
