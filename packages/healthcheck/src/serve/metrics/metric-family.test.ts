import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeWithParser, readMetrics } from '../../testing/read-metrics.ts';
import { labels, type MetricFamily, writeFamilies } from './metric-family.ts';

const gauge = (samples: MetricFamily['samples']): MetricFamily => ({
  name: 'health_check_status',
  type: 'gauge',
  help: 'What it says.',
  samples,
});

describe('the text of a family', () => {
  it('has its HELP, its TYPE and a line for each sample', () => {
    const samples = [{ value: 1 }, { labels: labels({ check: 'database', status: 'pass' }), value: 0.25 }];
    expect(writeFamilies([gauge(samples), gauge([])])).toBe(
      [
        '# HELP health_check_status What it says.',
        '# TYPE health_check_status gauge',
        'health_check_status 1',
        'health_check_status{check="database",status="pass"} 0.25',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [Number.NaN, 'NaN'],
    [1e21, '1e+21'],
    [5e-324, '5e-324'],
    [-0, '0'],
  ])('writes %d as %s', (value, written) => {
    expect(writeFamilies([gauge([{ value }])]).split('\n')[2]).toBe(`health_check_status ${written}`);
  });

  it('is nothing without families', () => {
    expect(writeFamilies([])).toBe('');
  });

  it('writes a lone surrogate as what stands for the unreadable', () => {
    const written = writeFamilies([gauge([{ labels: labels({ check: 'a\uD800b' }), value: 1 }])]);
    expect(Buffer.from(written, 'utf8').toString('utf8')).toBe(written);
    expect(written).toContain('check="a\uFFFDb"');
  });
});

describeWithParser('the text of a family, read again', { timeout: 60_000 }, () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('\\', '"', '\n', '{', '}', ',', '=', ' ', 'n', '#', '\r', '\t', '☂') }),
  );

  const samples = fc.uniqueArray(fc.record({ one: text, other: text, value: fc.double({ noNaN: true }) }), {
    minLength: 1,
    maxLength: 5,
    selector: ({ one, other }) => JSON.stringify([one, other]),
  });

  it('gives every label value and every number back to a parser that is not ours', () => {
    // All of them in one run of the parser: starting it takes longer than reading.
    const drawn = fc.sample(samples, 300);
    const pages = drawn.map((each) =>
      writeFamilies([gauge(each.map(({ one, other, value }) => ({ labels: labels({ one, other }), value })))]),
    );
    const expected = drawn.map((each) => [
      {
        name: 'health_check_status',
        type: 'gauge',
        help: 'What it says.',
        samples: each.map(({ one, other, value }) => ({
          name: 'health_check_status',
          labels: { one, other },
          value: value === 0 ? 0 : value,
        })),
      },
    ]);
    expect(readMetrics(pages)).toEqual(expected);
  });
});
