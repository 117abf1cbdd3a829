import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';

import type { Figure, Findings } from './benchmark.ts';

/** Where and when a benchmark ran. */
export interface Circumstances {
  readonly at: string;
  readonly node: string;
  readonly cpu: string;
}

function presentCircumstances(): Circumstances {
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  return {
    at: new Date().toISOString(),
    node: process.versions.node,
    cpu: `${model}, ${availableParallelism()} cores`,
  };
}

const comparisons = {
  '<=': (value: number, limit: number) => value <= limit,
  '>=': (value: number, limit: number) => value >= limit,
} as const;

/** Whether a value meets a goal such as `<= 0.15`. */
export function meetsGoal(value: number, goal: string): boolean {
  const [, relation, limit] = /^(<=|>=) ([0-9.]+)$/.exec(goal) ?? [];
  if (relation === undefined) throw new TypeError(`expected a goal such as "<= 0.15", got ${JSON.stringify(goal)}`);
  return comparisons[relation as keyof typeof comparisons](value, Number(limit));
}

/** A figure as it is written: rounded first and judged then, so that the file never contradicts itself. */
function judge({ key, value, unit, goal }: Figure) {
  const rounded = Number(value.toPrecision(4));
  return { key, value: rounded, unit, goal: goal ?? null, met: goal === undefined ? null : meetsGoal(rounded, goal) };
}

export function renderJson(name: string, { at, node, cpu }: Circumstances, figures: readonly Figure[]): string {
  return `${JSON.stringify({ name, at, node, cpu, figures: figures.map(judge) }, undefined, 2)}\n`;
}

export function renderMarkdown(name: string, { at, node, cpu }: Circumstances, findings: Findings): string {
  const rows = findings.figures.map(judge).map(({ key, value, unit, goal, met }) => {
    const verdict = met === null ? '' : met ? 'yes' : '**no**';
    return `| \`${key}\` | ${value} | ${unit} | ${goal ?? ''} | ${verdict} |`;
  });
  return [
    `# Benchmark \`${name}\``,
    '',
    `Measured on ${at.slice(0, 10)} with Node ${node} on ${cpu}. Repeat it with \`npm run bench -- ${name}\`, on a machine that does nothing else.`,
    '',
    '| Figure | Value | Unit | Goal | Met |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    findings.explanation,
    '',
  ].join('\n');
}

/** Writes both files of a benchmark; returns their paths. */
export function writeResults(folder: string, name: string, findings: Findings): string[] {
  const circumstances = presentCircumstances();
  mkdirSync(folder, { recursive: true });
  const files = [
    { file: path.join(folder, `${name}.json`), contents: renderJson(name, circumstances, findings.figures) },
    { file: path.join(folder, `${name}.md`), contents: renderMarkdown(name, circumstances, findings) },
  ];
  for (const { file, contents } of files) writeFileSync(file, contents);
  return files.map(({ file }) => file);
}
