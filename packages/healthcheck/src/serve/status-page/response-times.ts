import type { HealthSnapshot } from '../../health-snapshot.ts';
import { quantileMs } from '../traffic-measurements.ts';
import { html, type Html } from './html.ts';
import { chartRows, latencyChart } from './latency-chart.ts';
import { quiet, section } from './section.ts';
import { table } from './table.ts';
import { sayCount, sayMany, sayMilliseconds } from './words.ts';

export function responseTimes(snapshot: HealthSnapshot): Html {
  const { minutes } = snapshot.window;
  const rows = chartRows(snapshot);
  if (rows.length === 0) {
    return section('response-times', 'Response times', quiet(`No request in the last ${sayMany(minutes, 'minute')}.`));
  }
  return section(
    'response-times',
    'Response times',
    html`${latencyChart(rows, snapshot.objectives.responseTimeMs)}
    ${table({
      labelledBy: 'response-times',
      caption: `The last ${sayMany(minutes, 'minute')}. Failed means 500 and above; a quick failure is no quick answer.`,
      columns: [
        { title: 'Requests' },
        { title: 'Count', numeric: true },
        { title: 'p50', numeric: true },
        { title: 'p95', numeric: true },
      ],
      rows: rows.map(({ name, times }) => [
        name,
        sayCount(times.count),
        sayMilliseconds(quantileMs(times, 0.5)),
        sayMilliseconds(quantileMs(times, 0.95)),
      ]),
    })}`,
  );
}
