import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { MinuteRecord } from '../recording/minute-record.ts';
import { type DeploymentInput, judgeDeployment } from './judge-deployment.ts';

const deployedAtMinute = 10_000;

/** A number from 0 to 1 that looks random and is always the same. */
function noise(index: number): number {
  const value = Math.sin(index * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
}

interface Service {
  /** By how many buckets response times move: 4 in 16 are about 19 % in the middle of an octave. */
  readonly slower?: number;
  readonly errors?: number;
  readonly callsPerMiss?: number;
}

/** 100 hits and 60 misses a minute around 4 and 50 ms. */
function minuteOf(
  minute: number,
  releaseId: string,
  { slower = 0, errors = 0, callsPerMiss = 3 }: Service = {},
): MinuteRecord {
  const spread = (middle: number, count: number) =>
    Array.from({ length: 10 }, (_, bucket): [number, number] => [
      middle + bucket + slower + Math.round(noise(minute) * 2),
      Math.round((count / 10) * (0.8 + 0.4 * noise(minute * 31 + bucket))),
    ]);
  const stratum = (times: [number, number][], calls: number) => {
    const requests = times.reduce((sum, [, count]) => sum + count, 0);
    return { requests, databaseCalls: requests * calls, times };
  };
  const [hit, miss] = [stratum(spread(120, 100), 0), stratum(spread(180, 60), callsPerMiss)];
  return {
    minute,
    releaseId,
    requests: hit.requests + miss.requests + errors,
    errors,
    strata: { hit, miss, none: { requests: 0, databaseCalls: 0, times: [] } },
  };
}

function served(releaseId: string, from: number, until: number, service: Service = {}): MinuteRecord[] {
  return Array.from({ length: until - from }, (_, index) =>
    minuteOf(deployedAtMinute + from + index, releaseId, service),
  );
}

function inputOf(records: readonly MinuteRecord[], others: Partial<DeploymentInput> = {}): DeploymentInput {
  return { deployedAtMinute, releaseId: 'b', records, nowMinute: deployedAtMinute + 61, ...others };
}

/** What one of several processes has of a minute. */
function share(
  { minute, releaseId, requests, errors, strata }: MinuteRecord,
  take: (count: number) => number,
): MinuteRecord {
  const stratum = (whole: MinuteRecord['strata']['hit']) => ({
    requests: take(whole.requests),
    databaseCalls: take(whole.databaseCalls),
    times: whole.times.map(([bucket, count]): [number, number] => [bucket, take(count)]),
  });
  return {
    minute,
    releaseId,
    requests: take(requests),
    errors: take(errors),
    strata: { hit: stratum(strata.hit), miss: stratum(strata.miss), none: stratum(strata.none) },
  };
}

const history = served('a', -480, 0);
const slower = [...history, ...served('b', 0, 60, { slower: 8 })];

describe('a verdict', () => {
  it.each([
    ['faster', { slower: -8 }],
    ['slower', { slower: 8 }],
    ['more errors', { errors: 8 }],
    ['more database work', { callsPerMiss: 5 }],
    ['no change seen', {}],
  ] as const)('is %s', (word, service) => {
    const { verdict, preliminary, numbers } = judgeDeployment(inputOf([...history, ...served('b', 0, 60, service)]));
    expect({ verdict, preliminary }).toEqual({ verdict: word, preliminary: false });
    expect(numbers).toMatchObject({ mode: 'before and after', readAfterMinutes: 60, comparisons: 40, historyHours: 8 });
  });

  it('does not depend on the order of the records, nor on who wrote them', () => {
    const expected = judgeDeployment(inputOf(slower));
    expect(expected.verdict).toBe('slower');
    const halves = slower.flatMap((record) => [
      share(record, (count) => Math.floor(count / 2)),
      share(record, (count) => Math.ceil(count / 2)),
    ]);
    expect(judgeDeployment(inputOf(slower.toReversed()))).toEqual(expected);
    expect(judgeDeployment(inputOf(halves))).toEqual(expected);
  });

  it('is the same whatever is recorded after the reading, or by others in between', () => {
    const expected = judgeDeployment(inputOf(slower, { nowMinute: deployedAtMinute + 31 }));
    const later = served('b', 60, 90, { errors: 50 });
    const others = served('x', 20, 40, { errors: 50 });
    const all = [...slower, ...later, ...others];
    expect(expected.numbers.readAfterMinutes).toBe(30);
    expect(judgeDeployment(inputOf(all, { nowMinute: deployedAtMinute + 31 }))).toEqual(expected);
    expect(judgeDeployment(inputOf(all, { nowMinute: deployedAtMinute + 60 }))).toEqual(expected);
  });

  it('changes nothing of its input', () => {
    const frozen = Object.freeze(slower.map((record) => Object.freeze(record)));
    expect(judgeDeployment(Object.freeze(inputOf(frozen))).verdict).toBe('slower');
  });

  it('is read at fixed minutes, and not before the last of them is written', () => {
    const at = (minutes: number) => judgeDeployment(inputOf(slower, { nowMinute: deployedAtMinute + minutes }));
    expect(at(10)).toMatchObject({
      verdict: 'not enough data',
      collecting: { firstReadingMinute: deployedAtMinute + 11 },
    });
    expect(at(11).collecting).toBeUndefined();
    expect(at(11).numbers).toMatchObject({ readAfterMinutes: 10, nextReadingMinute: deployedAtMinute + 31 });
    expect(at(500).numbers).toMatchObject({ readAfterMinutes: 60, nextReadingMinute: null });
  });

  it('leaves out the first three minutes', () => {
    const warmUp = served('b', 0, 3, { slower: 60, errors: 90, callsPerMiss: 50 });
    const calm = [...history, ...served('b', 3, 60)];
    expect(judgeDeployment(inputOf([...calm, ...warmUp]))).toEqual(judgeDeployment(inputOf(calm)));
  });

  it('does not take the growth of a share for a change of speed', () => {
    const lucky = served('b', 0, 60).map((record): MinuteRecord => {
      const { hit, miss } = record.strata;
      const times = hit.times.map(([bucket, count]): [number, number] => [bucket, count * 3]);
      const more = { ...hit, requests: hit.requests * 3, times };
      const none = { requests: 0, databaseCalls: 0, times: [] };
      return { ...record, requests: more.requests + miss.requests, strata: { hit: more, miss, none } };
    });
    const { verdict, numbers } = judgeDeployment(inputOf([...history, ...lucky]));
    expect(verdict).toBe('no change seen');
    expect(numbers.after.hitRatio).toBeGreaterThan(numbers.before.hitRatio! + 0.15);
  });

  it('compares side by side where both releases served at once, without history', () => {
    const both = [...served('a', 0, 60), ...served('b', 0, 60, { slower: 5 })];
    const { verdict, preliminary, numbers } = judgeDeployment(inputOf(both));
    expect({ verdict, preliminary }).toEqual({ verdict: 'slower', preliminary: false });
    expect(numbers).toMatchObject({ mode: 'side by side', previousReleaseId: 'a', comparisons: 0 });
  });

  it('is preliminary with less than four hours of history', () => {
    const after = served('b', 0, 60, { slower: 8 });
    expect(judgeDeployment(inputOf([...served('a', -60, 0), ...after]))).toMatchObject({
      verdict: 'slower',
      preliminary: true,
    });
    expect(judgeDeployment(inputOf([...served('a', -240, 0), ...after]))).toMatchObject({
      verdict: 'slower',
      preliminary: false,
    });
  });

  it('does not compare with moments at which something was deployed', () => {
    const deployedOften = history.map((record) => ({ ...record, releaseId: `a${Math.floor(record.minute / 50)}` }));
    const { preliminary, numbers } = judgeDeployment(inputOf([...deployedOften, ...served('b', 0, 60)]));
    expect(numbers.comparisons).toBe(0);
    expect(preliminary).toBe(true);
  });

  it('is held against how much earlier minutes moved by themselves', () => {
    const restless = history.map((record) => {
      const service = Math.floor((record.minute - deployedAtMinute) / 30) % 2 === 0 ? { slower: 8 } : {};
      return minuteOf(record.minute, 'a', service);
    });
    const records = [...restless, ...served('b', 0, 60, { slower: 8 })];
    const { verdict, numbers } = judgeDeployment(inputOf(records, { nowMinute: deployedAtMinute + 31 }));
    expect(verdict).toBe('no change seen');
    expect(Math.max(...numbers.tests.map(({ placeboScale }) => placeboScale))).toBeGreaterThan(5);
  });
});

describe('a verdict about anything', () => {
  const stratum = fc.record({
    requests: fc.nat(500),
    databaseCalls: fc.nat(500),
    times: fc.array(fc.tuple(fc.nat(463), fc.nat(500)), { maxLength: 5 }),
  });
  const record = fc.record({
    minute: fc.integer({ min: deployedAtMinute - 300, max: deployedAtMinute + 70 }),
    releaseId: fc.constantFrom('a', 'b', 'c'),
    requests: fc.integer({ min: 100, max: 500 }),
    errors: fc.nat(100),
    strata: fc.record({ hit: stratum, miss: stratum, none: stratum }),
  });

  it('is one of six words with finite numbers, and a sentence that does not say too much', () => {
    const minutes = fc.array(record, { maxLength: 400 });
    const property = fc.property(minutes, fc.integer({ min: 0, max: 80 }), (records, after) => {
      const found = judgeDeployment(inputOf(records, { nowMinute: deployedAtMinute + after }));
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      expect(JSON.stringify(found)).not.toMatch(/:null[^,}\]]|NaN|Infinity/);
      expect(found.sentence).toMatch(/would have shown\.$/);
      expect(found.sentence).not.toMatch(/healthy|significant|undefined|NaN|Infinity/);
    });
    fc.assert(property, { numRuns: 60 });
  });

  it('survives records of any kind', () => {
    const property = fc.property(fc.array(fc.anything()), (junk) => {
      const found = judgeDeployment(inputOf([...slower, ...(junk as MinuteRecord[])]));
      expect(found).toMatchObject({ verdict: 'slower', numbers: { refusedRecords: junk.length } });
    });
    fc.assert(property, { numRuns: 20 });
  });
});
