import type { VerdictWord } from './healthcheck.ts';
import type { Change, Service } from './simulate-minutes.ts';

const steady: Service = {
  requestsPerSecond: 5,
  hitRatio: 0.7,
  uncachedShare: 0,
  loadCorrelation: 0.8,
  loadDeviation: 0.12,
  spikes: 0.02,
  errorRate: 0.003,
  bursts: true,
};

export const services = {
  independent: { ...steady, loadCorrelation: 0, loadDeviation: 0, spikes: 0, bursts: false },
  steady,
  drifting: { ...steady, loadCorrelation: 0.98, loadDeviation: 0.2 },
  quiet: { ...steady, requestsPerSecond: 1 },
} satisfies Record<string, Service>;

export type ServiceName = keyof typeof services;

/** A deployment whose effect is known: `expected` is undefined where it changes nothing. */
export interface World {
  readonly name: string;
  readonly service: ServiceName;
  readonly change: Change;
  readonly expected?: VerdictWord;
}

const coldStart = true;

export const worlds = [
  { name: 'nothing: minutes that do not depend on each other', service: 'independent', change: {} },
  { name: 'nothing: load carries over from minute to minute', service: 'steady', change: {} },
  { name: 'nothing, but a cold cache and a warm-up', service: 'steady', change: { coldStart } },
  { name: 'nothing, but lucky hits (70 → 95 %)', service: 'steady', change: { hitRatio: 0.95 } },
  { name: 'nothing, but a slow drift and a cold cache', service: 'drifting', change: { coldStart } },
  { name: 'misses × 1.25', service: 'steady', change: { coldStart, missFactor: 1.25 }, expected: 'slower' },
  { name: 'misses × 1.5', service: 'steady', change: { coldStart, missFactor: 1.5 }, expected: 'slower' },
  { name: 'hits × 1.5', service: 'steady', change: { coldStart, hitFactor: 1.5 }, expected: 'slower' },
  {
    name: 'errors × 5 (0.3 → 1.5 %)',
    service: 'steady',
    change: { coldStart, errorFactor: 5 },
    expected: 'more errors',
  },
  {
    name: 'database calls 3 → 5 a miss',
    service: 'steady',
    change: { coldStart, callsPerMiss: 5 },
    expected: 'more database work',
  },
  { name: '1 request a second: nothing, but a cold cache', service: 'quiet', change: { coldStart } },
  {
    name: '1 request a second: misses × 1.5',
    service: 'quiet',
    change: { coldStart, missFactor: 1.5 },
    expected: 'slower',
  },
] as const satisfies readonly World[];

/** Both releases serve at once, with half of the requests each. */
export const sideBySideWorlds = [
  { name: 'side by side: nothing, but a cold cache', service: 'steady', change: { coldStart } },
  { name: 'side by side: nothing, but a slow drift', service: 'drifting', change: { coldStart } },
  {
    name: 'side by side: misses × 1.25',
    service: 'steady',
    change: { coldStart, missFactor: 1.25 },
    expected: 'slower',
  },
  {
    name: 'side by side: misses × 1.5',
    service: 'steady',
    change: { coldStart, missFactor: 1.5 },
    expected: 'slower',
  },
] as const satisfies readonly World[];
