import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogLinearHistogram } from '../../recording/log-linear-histogram.ts';
import { latencyChart } from './latency-chart.ts';

function row(name: string, microseconds: readonly number[]) {
  const times = new LogLinearHistogram();
  for (const each of microseconds) times.record(each);
  return { name, times };
}

const ticksOf = (chart: string): string[] =>
  [...chart.matchAll(/<text class="tick"[^>]*>([^<]*)</g)].map(([, tick = '']) => tick.replace('\u00A0', ' '));

describe('the picture of response times', () => {
  it.each([
    [[2000, 40_000], 250, ['1 ms', '10 ms', '100 ms', '1 s']],
    [[2000, 40_000], undefined, ['1 ms', '10 ms', '100 ms', '1 s']],
    [[300, 5_000_000], 250, ['0.1 ms', '1 ms', '10 ms', '100 ms', '1 s', '10 s']],
    [[0], 0.02, ['0.01 ms', '0.1 ms', '1 ms', '10 ms']],
    [[2 ** 32 - 1], undefined, ['1 ms', '10 ms', '100 ms', '1 s', '10 s', '100 s', '1,000 s', '10,000 s']],
    [[2000], 86_400_000, ['1 ms', '10 ms', '100 ms', '1 s', '10 s', '100 s', '1,000 s', '10,000 s', '100,000 s']],
  ])('of %j µs with the limit %j spans %j', (times, limit, ticks) => {
    expect(ticksOf(latencyChart([row('Cache hits', times)], limit).text)).toEqual(ticks);
  });

  it('draws one request among thousands, so that it is seen', () => {
    const chart = latencyChart([row('Cache hits', [...Array.from({ length: 9000 }, () => 2000), 800_000])], undefined);
    const heights = [...chart.text.matchAll(/<rect[^>]*height="(\d+)"/g)].map(([, height]) => Number(height));
    expect(heights).toEqual([56, 2]);
  });

  it('stays inside its frame and has no number that is none, whatever was recorded', () => {
    const times = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 30 });
    fc.assert(
      fc.property(
        times,
        times,
        fc.option(fc.double({ min: 0, max: 86_400_000, noNaN: true })),
        (hits, misses, limit) => {
          const rows = [row('Cache hits', hits), row('Cache misses', misses)];
          const { text } = latencyChart(rows, limit ?? undefined);
          expect(text).not.toMatch(/NaN|Infinity|undefined|-\d+(\.\d+)?%/);
          const places = [...text.matchAll(/ (?:x|x1|x2|width)="([\d.]+)%"/g)].map(([, place]) => Number(place));
          expect(Math.max(...places)).toBeLessThanOrEqual(100);
          const drawn = [...text.matchAll(/<rect/g)].length;
          expect(drawn > 0).toBe(hits.length + misses.length > 0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
