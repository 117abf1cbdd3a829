import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { installRelease } from '../../scripts/released-scaffolder.ts';
import type { Findings } from '../benchmark.ts';
import { interleave } from '../interleave.ts';
import { median, quantile } from '../median.ts';

const changedFiles = 60;
const editedFiles = 10;

interface Measured {
  readonly title: string;
  readonly args: readonly string[];
  /** What it has to end with: anything else was not what is measured. */
  readonly exitCode: number;
  /** A service of its own for each run; without it all use the same. */
  readonly writes: boolean;
}

/** Files in which one more line at the end is a comment, or the like. */
function changeable(service: string): string[] {
  return readdirSync(service, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|md)$/.test(entry.name))
    .map((entry) => path.relative(service, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/^(\.seaworthy|vendor|docs\/changes)\/|^(RUNBOOK|CHECKLIST)\.md$/.test(file))
    .toSorted()
    .slice(0, changedFiles);
}

function prepare(folder: string) {
  const run = (program: string, args: readonly string[]) => {
    const { status, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${args.join(' ')} failed:\n${stderr}`);
  };
  const before = installRelease(path.join(folder, 'before'), '1.0.0', {});
  const scaffolding = `const { scaffold } = await import(${JSON.stringify(path.join(path.dirname(before), '../dist/index.js'))});
    await scaffold({ name: 'orders-api', language: 'node', owner: 'team-orders', git: false, directory: '.' });`;
  run('--input-type=module', ['-e', scaffolding]);
  const service = path.join(folder, 'orders-api');
  const files = changeable(service);
  if (files.length < changedFiles) throw new Error(`expected ${changedFiles} files to change, found ${files.length}`);
  const more = (text: string) => `${text}\n// One line more.\n`;
  const changes = Object.fromEntries(files.map((file) => [file.replaceAll('orders_api', 'marlin_service'), more]));
  const program = installRelease(path.join(folder, 'after'), '1.1.0', changes);
  const edited = path.join(folder, 'edited');
  cpSync(service, edited, { recursive: true });
  // A blank first line: it stands apart from what the template adds, so that both are merged.
  for (const file of files.slice(0, editedFiles)) {
    const place = path.join(edited, file);
    writeFileSync(place, `\n${readFileSync(place, 'utf8')}`);
  }
  return { program, service, edited };
}

/** What `--check` and an update cost: wall times of whole processes, interleaved with a bare Node. Leaves its folder full. */
export function measureUpdate(parent: string, rounds: number): Findings {
  const folder = mkdtempSync(path.join(parent, 'updates-'));
  const { program, service, edited } = prepare(folder);
  const floor: Measured = { title: '`node -e 0`', args: ['-e', '0'], exitCode: 0, writes: false };
  const check = { title: '`update --check`', args: [program, 'update', '--check'], exitCode: 3, writes: false };
  const update = {
    title: `\`update\`: ${changedFiles} files, ${editedFiles} of them merged by git`,
    args: [program, 'update'],
    exitCode: 0,
    writes: true,
  };
  const timings = interleave([floor, check, update], rounds, ({ title, args, exitCode, writes }) => {
    const cwd = writes ? mkdtempSync(path.join(folder, 'run-')) : service;
    if (writes) cpSync(edited, cwd, { recursive: true });
    const begun = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
    const wallMs = performance.now() - begun;
    if (status !== exitCode) throw new Error(`${title} ended with ${status}:\n${stdout}${stderr}`);
    return wallMs;
  });
  const of = (measured: Measured) => timings.get(measured) ?? [];
  const shown = (ms: number) => `${Math.round(ms)}ms`;
  const rows = [...timings].map(
    ([{ title }, samples]) =>
      `| ${title} | ${shown(median(samples))} | ${shown(quantile(samples, 0.1))} to ${shown(quantile(samples, 0.9))} |`,
  );
  return {
    figures: [
      { key: 'update_check_ms', value: median(of(check)), unit: 'ms', goal: '<= 150' },
      { key: 'update_60_files_ms', value: median(of(update)), unit: 'ms', goal: '<= 250' },
    ],
    explanation: ['| Command | Median | 80 of 100 runs |', '| --- | --- | --- |', ...rows].join('\n'),
  };
}
