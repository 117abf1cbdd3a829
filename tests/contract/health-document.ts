import * as z from 'zod';

const status = z.enum(['pass', 'warn', 'fail']);
const item = { componentType: z.string(), observedUnit: z.string(), status, time: z.iso.datetime() };
const milliseconds = z.number().nonnegative().nullable();
const ratio = z.number().nonnegative().nullable();
const part = z.strictObject({ n: z.int().nonnegative(), p95: milliseconds });

const publicShape = {
  status,
  contract: z.literal('health/1'),
  serviceId: z.string(),
  releaseId: z.string(),
  answers: z.strictObject({
    up: z.enum(['yes', 'no', 'starting', 'draining']),
    slow: z.enum(['no', 'yes', 'not enough data']),
    jobs: z.enum(['not measured', 'no jobs']),
    deploy: z.literal('not measured'),
  }),
  // The number behind each answer; the schema of the contract describes them.
  numbers: z.looseObject({ up: z.looseObject({}), slow: z.looseObject({}) }).optional(),
};

/** What anybody may read. */
export const publicDocument = z.strictObject(publicShape);

/** What the token opens. */
export const fullDocument = z.strictObject({
  ...publicShape,
  histograms: z.looseObject({}).optional(),
  checks: z.strictObject({
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
    'db:callsPerRequest': z.tuple([
      z.strictObject({ ...item, observedValue: ratio, calls: z.int(), requests: z.int() }),
    ]),
  }),
});

/** The counts of the full document. */
export function countsOf(document: unknown) {
  const { checks } = fullDocument.parse(document);
  const { requests, errors } = checks['http:errorRate'][0];
  const { hits, misses } = checks['cache:hitRatio'][0];
  return { requests, errors, hits, misses, databaseCalls: checks['db:callsPerRequest'][0].calls };
}
