import type { HealthSnapshot } from '../../health-snapshot.ts';
import { type LogLinearHistogram, lowerEdge } from '../../recording/log-linear-histogram.ts';
import { quantileMs } from '../traffic-measurements.ts';
import { html, type Html, nothing } from './html.ts';
import { sayMany, sayMilliseconds } from './words.ts';

const binsPerDecade = 12;
const rowHeight = 116;
const barsTop = 50;
const barsHeight = 56;

interface Row {
  readonly name: string;
  readonly failed?: boolean;
  readonly times: LogLinearHistogram;
}

/** From one power of ten to another, both in microseconds. */
interface Decades {
  readonly first: number;
  readonly last: number;
}

/** The rows of the chart: hits and misses apart wherever a cache was asked, so that a lucky hit looks like one. */
export function chartRows({ window }: HealthSnapshot): Row[] {
  const { times, failedTimes: failed } = window.total;
  const { hit, miss, none } = times;
  const cached = hit.count + miss.count > 0;
  return [
    ...(cached
      ? [
          { name: 'Cache hits', times: hit },
          { name: 'Cache misses', times: miss },
        ]
      : []),
    ...(none.count > 0 ? [{ name: 'No cache asked', times: none }] : []),
    ...(failed.count > 0 ? [{ name: 'Failed', times: failed, failed: true }] : []),
  ];
}

/**
 * Draws the distribution on a scale of powers of ten.
 *
 * Places are shares of the width and sizes are pixels, so that text keeps its size on a phone and no script is needed.
 */
export function latencyChart(rows: readonly Row[], objectiveMs: number | undefined): Html {
  const decades = findDecades(rows, objectiveMs);
  const height = rows.length * rowHeight;
  const ticks = Array.from({ length: decades.last - decades.first + 1 }, (_, index) => 10 ** (decades.first + index));
  return html`<svg
    class="chart"
    role="img"
    aria-labelledby="chart-title chart-words"
    width="100%"
    height="${height + 40}"
  >
    <title id="chart-title">Response times on a scale of powers of ten</title>
    <desc id="chart-words">${rows.map(describe).join(' ')}</desc>
    ${ticks.map((tick) => drawTick(tick, decades, height))}
    ${objectiveMs === undefined ? nothing : drawObjective(objectiveMs, decades, height)}
    ${rows.map((row, index) => drawRow(row, decades, index * rowHeight))}
  </svg>`;
}

function describe({ name, times }: Row): string {
  if (times.count === 0) return `${name}: no requests.`;
  const [p50, p95] = [quantileMs(times, 0.5), quantileMs(times, 0.95)].map(sayMilliseconds);
  return `${name}: ${sayMany(times.count, 'request')}, half within ${p50}, 95 of 100 within ${p95}.`;
}

function findDecades(rows: readonly Row[], objectiveMs: number | undefined): Decades {
  const edges = rows.flatMap(({ times }) => times.sparse().map(([bucket]) => Math.log10(middle(bucket))));
  if (objectiveMs !== undefined && objectiveMs > 0) edges.push(Math.log10(objectiveMs * 1000));
  const first = Math.max(1, Math.floor(Math.min(3, ...edges)));
  return { first, last: Math.max(first + 3, Math.ceil(Math.max(...edges, 0) + 0.01)) };
}

const middle = (bucket: number): number => Math.max(1, (lowerEdge(bucket) + lowerEdge(bucket + 1)) / 2);

/** Where a time stands, in hundredths of the width. */
function place(microseconds: number, { first, last }: Decades): number {
  const share = (Math.log10(Math.max(1, microseconds)) - first) / (last - first);
  return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100;
}

/** On which side of a line its text stands. */
type Side = 'left' | 'right';

/** Text stands on the side it is asked for, unless that is out of the picture on a phone. */
function beside(x: number, wanted: Side): Html {
  const side = x < 25 ? 'right' : x > 75 ? 'left' : wanted;
  return side === 'right' ? html`dx="4" text-anchor="start"` : html`dx="-4" text-anchor="end"`;
}

function drawTick(microseconds: number, decades: Decades, height: number): Html {
  const x = place(microseconds, decades);
  const at = x === 0 ? 'start' : x === 100 ? 'end' : 'middle';
  return html`<line class="grid" x1="${x}%" x2="${x}%" y1="${barsTop}" y2="${height}" />
    <text class="tick" x="${x}%" y="${height + 16}" text-anchor="${at}"
      >${sayMilliseconds(microseconds / 1000)}</text
    > `;
}

function drawObjective(objectiveMs: number, decades: Decades, height: number): Html {
  const x = place(objectiveMs * 1000, decades);
  return html`<line class="limit" x1="${x}%" x2="${x}%" y1="${barsTop}" y2="${height + 22}" />
    <text class="limit-text" x="${x}%" y="${height + 34}" ${beside(x, 'left')}
      >limit ${sayMilliseconds(objectiveMs)}</text
    > `;
}

function drawRow({ name, times, failed = false }: Row, decades: Decades, top: number): Html {
  const base = top + barsTop + barsHeight;
  return html`<g class="${failed ? 'failed' : 'answered'}">
    <text class="row-name" x="0" y="${top + 14}">${name}</text>
    <text class="row-count" x="100%" y="${top + 14}" text-anchor="end">${sayMany(times.count, 'request')}</text>
    ${drawBars(times, decades, base)}
    <line class="base" x1="0" x2="100%" y1="${base}" y2="${base}" />
    ${drawMark({ name: 'p50', ms: quantileMs(times, 0.5), side: 'left' }, decades, top + 32, base)}
    ${drawMark({ name: 'p95', ms: quantileMs(times, 0.95), side: 'right' }, decades, top + 46, base)}
  </g> `;
}

function drawBars(times: LogLinearHistogram, decades: Decades, base: number): Html[] {
  const binCount = (decades.last - decades.first) * binsPerDecade;
  const bins = Array.from({ length: binCount }, () => 0);
  for (const [bucket, count] of times.sparse()) {
    const bin = Math.min(binCount - 1, Math.floor((place(middle(bucket), decades) / 100) * binCount));
    bins[bin] = (bins[bin] ?? 0) + count;
  }
  const highest = Math.max(1, ...bins);
  const width = Math.round(10_000 / binCount) / 100;
  return bins.flatMap((count, bin) => {
    if (count === 0) return [];
    // The rarest stays visible: one slow request among thousands is why somebody looks.
    const tall = Math.max(2, Math.round((count / highest) * barsHeight));
    return [
      html`<rect class="bar" x="${(bin * width).toFixed(2)}%" width="${width}%" y="${base - tall}" height="${tall}" />`,
    ];
  });
}

interface Mark {
  readonly name: 'p50' | 'p95';
  readonly ms: number | null;
  readonly side: Side;
}

function drawMark(mark: Mark, decades: Decades, textY: number, base: number): Html {
  const { name, ms, side } = mark;
  if (ms === null) return nothing;
  const x = place(ms * 1000, decades);
  return html`<line class="${name}" x1="${x}%" x2="${x}%" y1="${textY - 9}" y2="${base}" />
    <text class="mark" x="${x}%" y="${textY}" ${beside(x, side)}>${name} ${sayMilliseconds(ms)}</text> `;
}
