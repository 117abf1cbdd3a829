import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHealth } from '../create-health.ts';
import { contractFolder, readGoldenState } from '../testing/golden-state.ts';
import { schemaProblems } from '../testing/health-schema.ts';
import { serve } from '../testing/serve.ts';

const token = 'a-token-of-16-or-more';

async function serveHealth() {
  const health = createHealth({
    serviceId: 'orders',
    releaseId: '1.2.3',
    token,
    objectives: { responseTimeMs: 250, errorRate: 0.001, databaseCallsPerRequest: 3 },
    checks: {
      database: { run: () => true, componentType: 'datastore', gates: 'ready' },
      broken: { run: () => Promise.reject(new Error('refused')) },
    },
  });
  onTestFinished(() => health.close());
  const served = await serve(
    health.wrap((request, response) => {
      health.route('/orders/{orderNumber}');
      health.db(2);
      if (request.url !== '/none') health.cache(request.url === '/hit' ? 'hit' : 'miss');
      response.writeHead(request.url === '/error' ? 500 : 200).end();
    }),
  );
  const read = async (headers: Record<string, string> = {}) =>
    (await (await served.get('/healthz', { headers })).json()) as Record<string, unknown>;
  return { health, served, read };
}

describe('the schema', () => {
  it('allows what a real server answers: fresh, after traffic and jobs, and draining', async () => {
    const { health, served, read } = await serveHealth();
    const documents = [await read(), await read({ authorization: `Bearer ${token}` })];
    await Promise.all(['/hit', '/miss', '/none', '/error', '/hit'].map((path) => served.get(path)));
    health.jobFinished('nightly-invoices', 'succeeded');
    health.jobFinished('expire-carts', 'failed');
    documents.push(await read({ authorization: `Bearer ${token}` }));
    health.drain();
    documents.push(await read(), await read({ authorization: `Bearer ${token}` }));
    expect(documents.flatMap(schemaProblems)).toEqual([]);
    expect(documents[2]).toMatchObject({ answers: { jobs: 'failing' }, numbers: { jobs: { total: 2, failing: 1 } } });
    expect(documents.map((document) => 'checks' in document)).toEqual([false, true, true, false, true]);
  });

  const { full } = readGoldenState('warn') as { full: Record<string, unknown> };

  it('allows every golden verdict', () => {
    const files = globSync('verdicts/*.json', { cwd: contractFolder });
    const problems = files.flatMap((file) => {
      const { expected } = JSON.parse(readFileSync(path.join(contractFolder, file), 'utf8')) as { expected: unknown };
      return schemaProblems({ ...full, deploy: expected }).map((problem) => `${file}: ${problem}`);
    });
    expect(files.length).toBeGreaterThan(50);
    expect(problems).toEqual([]);
  });

  it('allows an older document, which has no numbers and measures neither jobs nor deployments', () => {
    const { numbers: _numbers, histograms: _histograms, deploy: _deploy, ...older } = full;
    const answers = { up: 'yes', slow: 'no', jobs: 'not measured', deploy: 'not measured' };
    expect(schemaProblems({ ...older, answers })).toEqual([]);
  });

  const withCheck = (name: string, change: object) => {
    const checks = full['checks'] as Record<string, object[]>;
    return { checks: { ...checks, [name]: [{ ...checks[name]?.[0], ...change }] } };
  };

  it.each([
    ['another contract', { contract: 'health/2' }],
    ['an unknown status', { status: 'ok' }],
    ['no service', { serviceId: '' }],
    ['an answer of its own', { answers: { up: 'yes', slow: 'maybe', jobs: 'ok', deploy: 'slower' } }],
    ['an answer less', { answers: { up: 'yes', slow: 'no', jobs: 'ok' } }],
    ['a word of no verdict', { answers: { up: 'yes', slow: 'no', jobs: 'ok', deploy: 'healthy' } }],
    ['a member that nobody knows', { error: 'connect ECONNREFUSED' }],
    ['the error of a check', withCheck('database:responseTime', { output: 'connect ECONNREFUSED' })],
    ['a check without its measurement', withCheck('database', {})],
    ['a time that is none', withCheck('database:responseTime', { time: 'yesterday' })],
    ['a time that is not UTC', withCheck('database:responseTime', { time: '2026-11-26T03:12:06+01:00' })],
    ['a time in another unit', withCheck('database:responseTime', { observedUnit: 's' })],
    ['a ratio without its counts', withCheck('http:errorRate', { requests: undefined })],
    ['a bucket that does not exist', { histograms: { ...(full['histograms'] as object), hit: [[464, 1]] } }],
    ['an empty bucket', { histograms: { ...(full['histograms'] as object), hit: [[3, 0]] } }],
    ['details without checks', { checks: undefined }],
  ])('refuses %s', (_, change) => {
    // Through JSON, where what is undefined is not there.
    expect(schemaProblems(JSON.parse(JSON.stringify({ ...full, ...change })))).not.toEqual([]);
  });
});
