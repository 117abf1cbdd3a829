import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { mannWhitneyDiffers, p95Moved } from '../../bench/deploy-verdict/peers.ts';
import { seededRandom } from '../../bench/deploy-verdict/random.ts';
import { defaultSeed, readSeed } from '../../bench/deploy-verdict/read-seed.ts';
import { deployedAtMinute, simulateAfter, simulateHistory } from '../../bench/deploy-verdict/simulate-service.ts';
import { addTallies, count, intervalOf, percentOf, type Tallies } from '../../bench/deploy-verdict/tally.ts';
import { services } from '../../bench/deploy-verdict/worlds.ts';

const take = (length: number, draw: () => number) => Array.from({ length }, draw);

describe('the randomness of the replays', () => {
  it('is the same for the same seed and stream, and another for others', () => {
    const first = (seed: number, stream: number) => take(5, seededRandom(seed, stream).uniform);
    expect(first(7, 1)).toEqual(first(7, 1));
    expect(first(7, 1)).not.toEqual(first(7, 2));
    expect(first(7, 1)).not.toEqual(first(8, 1));
  });

  it('has the mean and the spread it should have', () => {
    const random = seededRandom(1, 0);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const normals = take(20_000, random.normal);
    expect(Math.abs(mean(normals))).toBeLessThan(0.03);
    expect(Math.abs(mean(normals.map((value) => value ** 2)) - 1)).toBeLessThan(0.04);
    for (const expected of [0.5, 20, 300]) {
      const counts = take(5000, () => random.poisson(expected));
      expect(Math.abs(mean(counts) / expected - 1)).toBeLessThan(0.06);
      expect(counts.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
    }
  });
});

describe('the seed of the command', () => {
  it.each([
    [['deploy-verdict'], { seed: defaultSeed, others: ['deploy-verdict'] }],
    [['deploy-verdict', '--seed', '7'], { seed: 7, others: ['deploy-verdict'] }],
    [['deploy-verdict', '--seed', '7', 'x'], { seed: 7, others: ['deploy-verdict', 'x'] }],
  ])('of %j', (args, expected) => {
    expect(readSeed(args)).toEqual(expected);
  });

  it.each([[['--seed']], [['--seed', '']], [['--seed', '-1']], [['--seed', '1e3']], [['--seed', '4294967296']]])(
    'is refused: %j',
    (args) => {
      expect(readSeed(args)).toEqual({ mistake: expect.stringContaining('expected a seed from 0') as string });
    },
  );
});

describe('a simulated service', () => {
  const history = simulateHistory(services.steady, 60, seededRandom(3, 0));

  it('serves five requests a second, three in ten of them misses of three calls', () => {
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const requests = sum(history.records.map((record) => record.requests));
    const misses = history.records.map(({ strata }) => strata.miss);
    expect(history.records[0]?.minute).toBe(deployedAtMinute - 60);
    expect(Math.abs(requests / 60 / 300 - 1)).toBeLessThan(0.1);
    expect(Math.abs(sum(misses.map((miss) => miss.requests)) / requests - 0.3)).toBeLessThan(0.03);
    expect(sum(misses.map((miss) => miss.databaseCalls))).toBe(3 * sum(misses.map((miss) => miss.requests)));
  });

  it('has the same minutes for the same seed', () => {
    expect(simulateHistory(services.steady, 60, seededRandom(3, 0))).toEqual(history);
  });

  it('is twice as slow where its deployment makes it so, which the peers see', () => {
    const after = simulateAfter(services.steady, { missFactor: 2 }, 0, seededRandom(3, 1));
    const same = simulateHistory(services.independent, 60, seededRandom(3, 2)).records;
    expect(p95Moved(history.records, after)).toBe(true);
    expect(mannWhitneyDiffers(history.records, after)).toBe(true);
    expect(p95Moved(same, same)).toBe(false);
    expect(mannWhitneyDiffers(same, same)).toBe(false);
  });
});

describe('a tally', () => {
  it('adds up to the same however the runs are shared out', () => {
    const runs = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y'), fc.boolean()));
    const tally = (entries: readonly (readonly [string, string, boolean])[]) => {
      const tallies: Tallies = new Map();
      for (const [row, column, said] of entries) count(tallies, row, column, said);
      return tallies;
    };
    fc.assert(
      fc.property(runs, runs, (left, right) => {
        const total = tally(left);
        addTallies(total, tally(right));
        expect(total).toEqual(tally([...left, ...right]));
      }),
    );
  });

  it('has an interval that holds its share, and is never empty', () => {
    expect(intervalOf({ said: 0, of: 400 })[0]).toBe(0);
    expect(intervalOf({ said: 0, of: 400 })[1]).toBeCloseTo(0.951, 2);
    expect(intervalOf({ said: 50, of: 100 }).map(Math.round)).toEqual([40, 60]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
        const tally = { said: Math.round(share * of), of };
        const [low, high] = intervalOf(tally);
        expect(low - 1e-9).toBeLessThanOrEqual(percentOf(tally));
        expect(high + 1e-9).toBeGreaterThanOrEqual(percentOf(tally));
      }),
    );
  });
});
