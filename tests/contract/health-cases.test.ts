import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

// The sources, not the package: what draws a state is not published.
import { renderMetrics } from '../../packages/healthcheck/src/serve/metrics/render-metrics.ts';
import { renderStatusPage } from '../../packages/healthcheck/src/serve/status-page/render-status-page.ts';
import { readGoldenState, snapshotOf, stateNames } from '../../packages/healthcheck/src/testing/golden-state.ts';
import { renamed } from '../../packages/healthcheck/src/testing/hostile-state.ts';
import { schemaProblems } from './health-schema.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const folder = path.join(repository, 'packages/healthcheck/contract');
const python = path.join(repository, 'templates/python-service/.venv/bin/python');

const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));

interface Results {
  readonly states: readonly { readonly public: unknown; readonly full: unknown; metrics: string; page: string }[];
  readonly histograms: readonly unknown[];
  readonly buckets: readonly number[];
  readonly edges: readonly number[];
  readonly verdicts: readonly unknown[];
}

/** What the Python implementation makes of it. */
function runPython(asked: object): Results {
  const { stdout, stderr, status } = spawnSync(python, [path.join(import.meta.dirname, 'health_cases.py')], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(`health_cases.py ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as Results;
}

interface Histogram {
  readonly name: string;
  readonly buckets: readonly (readonly number[])[];
  readonly quantiles: Readonly<Record<string, number | null>>;
}

interface Histograms {
  readonly edges: readonly { readonly bucket: number; readonly from: number; readonly below: number }[];
  readonly recorded: readonly (Histogram & { readonly values: readonly number[] })[];
  readonly merged: readonly (Histogram & { readonly parts: readonly (readonly number[])[] })[];
}

interface History {
  readonly input: object;
  readonly shapes: readonly object[];
  readonly timelines: readonly object[];
  readonly records?: readonly unknown[];
  readonly expected: object;
}

/** Where two values differ by more than a billionth. */
function differences(found: unknown, expected: unknown, at = ''): string[] {
  if (typeof found === 'number' && typeof expected === 'number') {
    const isNear = Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
    return isNear ? [] : [`${at}: ${found}, not ${expected}`];
  }
  if (typeof found !== 'object' || typeof expected !== 'object' || found === null || expected === null) {
    return Object.is(found, expected) ? [] : [`${at}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`];
  }
  const keys = new Set([...Object.keys(found), ...Object.keys(expected)]);
  return [...keys].flatMap((key) =>
    differences((found as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key], `${at}.${key}`),
  );
}

describe('the Python implementation of health/1', () => {
  const states = stateNames.map((name) => readGoldenState(name));
  // Names that would break mark-up, labels and JSON, also in characters that UTF-16 writes in two halves.
  const hostile = renamed('</title>"><b>\'{x}&amp;\\\n🦭é');
  const histograms = readJson('histograms.json') as Histograms;
  const golden = [...histograms.recorded.map((each) => ({ ...each, parts: [each.values] })), ...histograms.merged];
  const files = globSync('*.json', { cwd: path.join(folder, 'verdicts') }).toSorted();
  const histories = files.map((file) => readJson(`verdicts/${file}`) as History);
  const results = runPython({
    states: [...states.map(({ given }) => given), hostile],
    histograms: golden.map(({ parts, quantiles }) => ({ parts, shares: Object.keys(quantiles) })),
    buckets: histograms.edges.flatMap(({ from, below }) => [from, below - 1]),
    edges: histograms.edges.flatMap(({ bucket }) => [bucket, bucket + 1]),
    verdicts: histories.map(({ expected: _expected, ...history }) => history),
  });

  describe.each(states.map((state, index) => ({ ...state, index })))('in the golden state $name', (state) => {
    const rendered = results.states[state.index];

    it('gives the document, public and full, and the schema allows it', () => {
      expect(rendered?.public).toEqual(state.public);
      expect(rendered?.full).toEqual(state.full);
      expect([...schemaProblems(rendered?.public), ...schemaProblems(rendered?.full)]).toEqual([]);
    });

    it('draws the page that TypeScript draws', () => {
      expect(rendered?.page).toBe(renderStatusPage(snapshotOf(state.given)));
    });

    it('lists the metrics that TypeScript lists', () => {
      expect(rendered?.metrics).toBe(renderMetrics(snapshotOf(state.given)));
    });
  });

  it('escapes whatever a service, a route, a check or a job is called', () => {
    const rendered = results.states.at(-1);
    expect(rendered?.page).toBe(renderStatusPage(snapshotOf(hostile)));
    expect(rendered?.metrics).toBe(renderMetrics(snapshotOf(hostile)));
  });

  it('has the buckets of the golden histograms', () => {
    expect(results.edges).toEqual(histograms.edges.flatMap(({ from, below }) => [from, below]));
    expect(results.buckets).toEqual(histograms.edges.flatMap(({ bucket }) => [bucket, bucket]));
  });

  it.each(golden.map((each, index) => ({ ...each, index })))('has the golden histogram: $name', (each) => {
    expect(results.histograms[each.index]).toEqual({ buckets: each.buckets, quantiles: each.quantiles });
  });

  it.each(files.map((file, index) => [file, index] as const))('judges %s as the contract does', (_file, index) => {
    expect(differences(results.verdicts[index], histories[index]?.expected)).toEqual([]);
  });

  it('was asked about every history', () => {
    expect(files.length).toBeGreaterThanOrEqual(40);
    expect(results.verdicts).toHaveLength(files.length);
  });
});
