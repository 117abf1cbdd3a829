import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import type { MinuteRecord } from '../recording/minute-record.ts';
import { type DeploymentInput, type DeployVerdict, judgeDeployment } from './judge-deployment.ts';

const folder = path.resolve(import.meta.dirname, '../../contract/verdicts');

interface Stratum {
  readonly requests: number;
  readonly databaseCalls: number;
  readonly times: readonly number[];
}

interface GoldenFile {
  readonly about: string;
  readonly input: Omit<DeploymentInput, 'records'>;
  readonly shapes: readonly {
    readonly requests: number;
    readonly errors: number;
    readonly strata: Readonly<Record<'hit' | 'miss' | 'none', Stratum>>;
  }[];
  readonly timelines: readonly {
    readonly releaseId: string;
    readonly fromMinute: number;
    readonly shapes: readonly number[];
  }[];
  readonly records?: readonly MinuteRecord[];
  readonly expected: DeployVerdict;
}

function stratumOf({ requests, databaseCalls, times }: Stratum): MinuteRecord['strata']['hit'] {
  const pairs = Array.from({ length: times.length / 2 }, (_, at) => [times[2 * at]!, times[2 * at + 1]!] as const);
  return { requests, databaseCalls, times: pairs };
}

function recordsOf({ shapes, timelines, records = [] }: GoldenFile): MinuteRecord[] {
  const written = timelines.flatMap(({ releaseId, fromMinute, shapes: numbers }) =>
    numbers.flatMap((number, index): MinuteRecord[] => {
      if (number === -1) return [];
      const { requests, errors, strata } = shapes[number]!;
      const { hit, miss, none } = strata;
      const read = { hit: stratumOf(hit), miss: stratumOf(miss), none: stratumOf(none) };
      return [{ minute: fromMinute + index, releaseId, requests, errors, strata: read }];
    }),
  );
  return [...written, ...records];
}

/** Where two values differ by more than a billionth. */
function differences(found: unknown, expected: unknown, at = ''): string[] {
  if (typeof found === 'number' && typeof expected === 'number') {
    return Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
      ? []
      : [`${at}: ${found}, not ${expected}`];
  }
  if (typeof found !== 'object' || typeof expected !== 'object' || found === null || expected === null) {
    return Object.is(found, expected) ? [] : [`${at}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`];
  }
  const keys = new Set([...Object.keys(found), ...Object.keys(expected)]);
  return [...keys].flatMap((key) =>
    differences((found as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key], `${at}.${key}`),
  );
}

const files = globSync('*.json', { cwd: folder }).toSorted();
const read = (file: string) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as GoldenFile;

describe('the histories of the contract', () => {
  it.each(files)('%s has the verdict it is expected to have', (file) => {
    const history = read(file);
    expect(differences(judgeDeployment({ ...history.input, records: recordsOf(history) }), history.expected)).toEqual(
      [],
    );
  });

  it('have every answer at least five times', () => {
    const verdicts = files.map((file) => read(file).expected);
    const answers: Record<string, (verdict: DeployVerdict) => boolean> = {
      faster: ({ verdict }) => verdict === 'faster',
      slower: ({ verdict }) => verdict === 'slower',
      'more errors': ({ verdict }) => verdict === 'more errors',
      'more database work': ({ verdict }) => verdict === 'more database work',
      'no change seen': ({ verdict }) => verdict === 'no change seen',
      'not enough data': ({ verdict, collecting }) => verdict === 'not enough data' && collecting === undefined,
      collecting: ({ collecting }) => collecting !== undefined,
      preliminary: ({ preliminary }) => preliminary,
      'side by side': ({ numbers }) => numbers.mode === 'side by side',
    };
    const rare = Object.entries(answers).filter(([, has]) => verdicts.filter(has).length < 5);
    expect(rare.map(([name]) => name)).toEqual([]);
    expect(files.length).toBeGreaterThanOrEqual(40);
  });

  it('say what they are about', () => {
    expect(files.filter((file) => read(file).about === '')).toEqual([]);
  });
});
