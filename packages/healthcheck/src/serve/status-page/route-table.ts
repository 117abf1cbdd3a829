import type { HealthSnapshot } from '../../health-snapshot.ts';
import type { Traffic } from '../../recording/traffic.ts';
import { quantileMs } from '../traffic-measurements.ts';
import { html, type Html } from './html.ts';
import { quiet, section } from './section.ts';
import { table } from './table.ts';
import { toned } from './tone.ts';
import { sayCount, sayMany, sayMilliseconds, sayRate, sayShare } from './words.ts';

export function routeTable({ window, objectives }: HealthSnapshot): Html {
  const { responseTimeMs: limit = Number.POSITIVE_INFINITY } = objectives;
  const p95 = (traffic: Traffic, cache: 'hit' | 'miss' | 'none'): Html | string => {
    const ms = quantileMs(traffic.times[cache], 0.95);
    return ms !== null && ms > limit ? toned('warn', sayMilliseconds(ms)) : sayMilliseconds(ms);
  };
  const errors = (traffic: Traffic): Html | string => {
    if (traffic.errors === 0) return '0';
    const share = traffic.errors / traffic.requests;
    const words = `${sayCount(traffic.errors)} (${sayShare(share)})`;
    return share > (objectives.errorRate ?? 0) ? toned('warn', words) : words;
  };
  // The worst first: whoever reads in the night reads from the top.
  const sorted = [...window.routes].toSorted(
    ([, left], [, right]) => right.errors - left.errors || right.requests - left.requests,
  );
  if (sorted.length === 0) return section('routes', 'Routes', quiet('No route was asked for.'));
  return section(
    'routes',
    'Routes',
    table({
      labelledBy: 'routes',
      caption: `The last ${sayMany(window.minutes, 'minute')}; most errors first, then most requests.`,
      columns: [
        { title: 'Route' },
        ...['Requests', 'Errors', 'p95 hits', 'p95 misses', 'p95 no cache', 'Database calls each'].map((title) => ({
          title,
          numeric: true,
        })),
      ],
      rows: sorted.map(([route, traffic]) => [
        html`<code>${route}</code>`,
        sayCount(traffic.requests),
        errors(traffic),
        p95(traffic, 'hit'),
        p95(traffic, 'miss'),
        p95(traffic, 'none'),
        sayRate(traffic.requests === 0 ? null : traffic.databaseCalls / traffic.requests),
      ]),
    }),
  );
}
