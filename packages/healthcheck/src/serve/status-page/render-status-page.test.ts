import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGoldenState, snapshotOf, stateNames } from '../../testing/golden-state.ts';
import { renamed } from '../../testing/hostile-state.ts';
import { html } from './html.ts';
import { renderStatusPage, statusPageHeaders } from './render-status-page.ts';

const pageOf = (state: string): string => renderStatusPage(snapshotOf(readGoldenState(state).given));
const textOf = (page: string): string =>
  page
    .replace(/<style>[^]*<\/style>/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('the status page', () => {
  it.each([
    ['fresh', 'Up, but 1 thing to look at', 'The check database has not finished a run yet'],
    ['well', 'Up, and nothing to look at', 'No change seen since v1.4.1'],
    ['warn', 'Up, but 5 things to look at', 'Slow: 95 of 100 within 573 ms, limit 250 ms'],
    ['failing', 'Down: it takes no traffic', 'The check database does not pass'],
    ['draining', 'Draining: it takes no new traffic', 'Is it up? Draining Running for 41 minutes'],
  ])('says first, when %s: %s', (state, headline, detail) => {
    const page = pageOf(state);
    expect(page).toContain(`<title>${headline} – orders</title>`);
    const text = textOf(page);
    expect(text.indexOf(headline)).toBeLessThan(text.indexOf('Is it up?'));
    expect(text).toContain(detail);
  });

  it('answers the four questions, each with its number', () => {
    const text = textOf(pageOf('well'));
    for (const answer of [
      'Is it up? Yes Running for 2 days · 3 of 3 checks passing · 0.03 % of requests failed',
      'Is it slow? No 95 of 100 within 48 ms · limit 250 ms · 9,831 requests in 6 minutes',
      'Are jobs failing? No 0 of 2 jobs failing',
      'Did the last deployment change anything? No change seen No change seen since v1.4.1 (30 min, 9,140 requests).',
    ]) {
      expect(text).toContain(answer);
    }
  });

  it('never shows green what is not known', () => {
    const page = pageOf('fresh');
    expect(page.match(/class="tone pass"/g)).toHaveLength(1);
    expect(textOf(page)).toContain('Is it up? Yes');
  });

  it('draws hits, misses and failures apart, and says the same in words', () => {
    const page = pageOf('well');
    const words = /<desc id="chart-words">([^<]*)<\/desc>/.exec(page)?.[1]?.replaceAll('\u00A0', ' ');
    expect(words).toBe(
      'Cache hits: 6,342 requests, half within 2.2 ms, 95 of 100 within 3.6 ms. ' +
        'Cache misses: 2,600 requests, half within 31 ms, 95 of 100 within 72 ms. ' +
        'No cache asked: 889 requests, half within 13 ms, 95 of 100 within 38 ms. ' +
        'Failed: 3 requests, half within 0.69 ms, 95 of 100 within 2 s.',
    );
    expect(page.match(/class="p95"/g)).toHaveLength(4);
  });

  it('loads nothing, runs nothing, and names its one style by its hash', () => {
    for (const state of stateNames) {
      const page = pageOf(state);
      expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|form|base)|\s(on\w+|style|src)=|url\(|@import/i);
      const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      expect(statusPageHeaders['content-security-policy']).toBe(
        `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      );
    }
  });

  it('has the mark-up of a harmless page whatever a service, a route, a check or a job is called', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        '</title>',
        '<script>',
        '"><img src=x onerror=alert(1)>',
        "' onclick='",
        '&lt;',
        '<!--',
        '</style>',
      ),
      fc.constantFrom('${', '`', '\\', '\n', '\u2028', '\0'),
    );
    const harmless = renderStatusPage(snapshotOf(renamed('harmless')));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        // What stands around it makes it findable, and keeps it from being found where it is not.
        const text = `[${pieces.join('')}]`;
        const page = renderStatusPage(snapshotOf(renamed(text)));
        expect(page.replaceAll(html`${text}`.text, 'harmless')).toBe(harmless);
      }),
      { numRuns: 50 },
    );
  });
});
