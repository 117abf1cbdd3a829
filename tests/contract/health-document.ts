import * as z from 'zod';

const status = z.enum(['pass', 'warn', 'fail']);
const item = { componentType: z.string(), observedUnit: z.string(), status, time: z.iso.datetime() };
const milliseconds = z.number().nonnegative().nullable();
const ratio = z.number().nonnegative().nullable();
const part = z.strictObject({ n: z.int().nonnegative(), p95: milliseconds });

const checks = z.strictObject({
  'database:responseTime': z.tuple([z.strictObject({ ...item, observedValue: milliseconds })]),
  'http:responseTime': z.tuple([
    z.strictObject({
      ...item,
      observedValue: z.strictObject({
        p50: milliseconds,
        p95: milliseconds,
        p99: milliseconds,
        hit: part,
        miss: part,
        none: part,
      }),
    }),
  ]),
  'http:errorRate': z.tuple([z.strictObject({ ...item, observedValue: ratio, requests: z.int(), errors: z.int() })]),
  'cache:hitRatio': z.tuple([
    z.strictObject({ ...item, observedValue: ratio, lookups: z.int(), hits: z.int(), misses: z.int() }),
  ]),
  'db:callsPerRequest': z.tuple([z.strictObject({ ...item, observedValue: ratio, calls: z.int(), requests: z.int() })]),
});

// What a member holds is told by the schema of the contract; here, which ones there are.
const numbers = z.strictObject({
  up: z.looseObject({ uptimeSeconds: z.int(), checks: z.literal(1) }),
  slow: z.looseObject({ p95Ms: milliseconds, objectiveMs: z.literal(250), requests: z.int() }),
  jobs: z.strictObject({ total: z.literal(0), failing: z.literal(0) }),
  deploy: z.looseObject({ requestsBefore: z.int(), requestsAfter: z.int() }),
});

/** What anybody may read. */
export const publicDocument = z.strictObject({
  status,
  contract: z.literal('health/1'),
  serviceId: z.string(),
  releaseId: z.string(),
  answers: z.strictObject({
    up: z.enum(['yes', 'no', 'starting', 'draining']),
    slow: z.enum(['no', 'yes', 'not enough data']),
    jobs: z.literal('no jobs'),
    deploy: z.literal('collecting'),
  }),
  numbers,
});

/** What the token opens. */
export const fullDocument = publicDocument.extend({
  checks,
  histograms: z.looseObject({ unit: z.literal('us') }),
  deploy: z.looseObject({ verdict: z.literal('not enough data'), sentence: z.string().min(1) }),
});

/** The counts of the full document. */
export function countsOf(document: unknown) {
  const {
    'http:errorRate': errorRate,
    'cache:hitRatio': hitRatio,
    ...others
  } = z.object({ checks }).parse(document).checks;
  const [{ requests, errors }] = errorRate;
  const [{ hits, misses }] = hitRatio;
  return { requests, errors, hits, misses, databaseCalls: others['db:callsPerRequest'][0].calls };
}
