import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeWhere, folderOf } from '@seaworthy/test-servers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHealth } from '../../create-health.ts';
import { readGoldenState, snapshotOf, stateNames } from '../../testing/golden-state.ts';
import { describeWithParser, readMetrics } from '../../testing/read-metrics.ts';
import { serve } from '../../testing/serve.ts';
import { renderMetrics } from './render-metrics.ts';

const token = 'a-token-of-16-or-more';
const folder = folderOf(['promtool', 'prometheus']) ?? '';

async function serveHealth(serviceId = 'orders') {
  const health = createHealth({
    serviceId,
    releaseId: '1.2.3',
    token,
    objectives: { responseTimeMs: 250 },
    checks: { database: { run: () => true, gates: 'ready' } },
  });
  onTestFinished(() => health.close());
  const served = await serve(
    health.wrap((request, response) => {
      health.route('/orders/{orderNumber}');
      if (request.url !== '/none') health.cache(request.url === '/hit' ? 'hit' : 'miss');
      health.db(2);
      response.writeHead(request.url === '/error' ? 503 : 200).end();
    }),
  );
  const read = async () => {
    const response = await served.get('/metrics', { headers: { authorization: `Bearer ${token}` } });
    return { type: response.headers.get('content-type'), text: await response.text() };
  };
  return { health, served, read };
}

describeWithParser('/metrics, read by a parser that is not ours,', { timeout: 60_000 }, () => {
  it('says what was sent', async () => {
    const { health, served, read } = await serveHealth();
    await Promise.all(['/hit', '/hit', '/miss', '/none', '/error'].map((each) => served.get(each)));
    await served.get('/none', { method: 'POST' });
    health.jobFinished('nightly-invoices', 'failed');
    const { type, text } = await read();
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
    const [families = []] = readMetrics([text]);
    const samples = families.flatMap((family) => family.samples);
    const values = (wanted: string) =>
      samples.filter(({ name }) => name === wanted).map(({ labels, value }) => [...Object.values(labels), value]);

    const duration = 'http_server_request_duration_seconds';
    expect(families.find(({ name }) => name === duration)?.type).toBe('histogram');
    const route = '/orders/{orderNumber}';
    expect(new Set(values(`${duration}_count`).map(String))).toEqual(
      new Set([`GET,200,${route},4`, `GET,503,${route},1`, `POST,200,${route},1`]),
    );
    const bounds = '0.005 0.01 0.025 0.05 0.075 0.1 0.25 0.5 0.75 1 2.5 5 7.5 10 +Inf'.split(' ');
    const buckets = samples.filter(({ name }) => name === `${duration}_bucket`);
    expect(buckets.slice(0, 15).map(({ labels }) => labels['le'])).toEqual(bounds);
    expect(buckets).toHaveLength(45);
    expect(Object.keys(buckets[0]?.labels ?? {})).toEqual([
      'http_request_method',
      'http_response_status_code',
      'http_route',
      'le',
    ]);

    expect(values('target_info')).toEqual([['orders', '1.2.3', 1]]);
    expect(values('http_server_active_requests')).toEqual([[0]]);
    expect(values('cache_lookups_total')).toEqual([
      ['hit', 2],
      ['miss', 2],
    ]);
    expect(values('database_calls_total')).toEqual([[12]]);
    expect(values('health_objective_response_time_seconds')).toEqual([[0.25]]);
    expect(values('health_answer')).toContainEqual(['jobs', 'failing', 1]);
    expect(values('job_runs_total')).toEqual([
      ['nightly-invoices', 'succeeded', 0],
      ['nightly-invoices', 'failed', 1],
      ['nightly-invoices', 'skipped', 0],
    ]);
    expect(values('job_last_succeeded_timestamp_seconds')).toEqual([]);
    expect(families.every(({ help, type: kind }) => help !== '' && kind !== 'unknown')).toBe(true);
  });

  it('has buckets that never fall and end with the count, in every state', () => {
    const pages = stateNames.map((name) => renderMetrics(snapshotOf(readGoldenState(name).given)));
    for (const [index, families] of readMetrics(pages).entries()) {
      const { samples = [] } = families.find(({ type }) => type === 'histogram') ?? {};
      const series = Map.groupBy(samples, ({ labels: { le: _le, ...labels } }) => JSON.stringify(labels));
      for (const each of series.values()) {
        const counts = each.filter(({ name }) => name.endsWith('_bucket')).map(({ value }) => value);
        expect(counts).toEqual(counts.toSorted((left, right) => left - right));
        expect([counts.length, counts.at(-1)]).toEqual([15, each.find(({ name }) => name.endsWith('_count'))?.value]);
      }
      expect(series.size > 0).toBe(stateNames[index] !== 'fresh');
      expect(pages[index]).not.toMatch(/^$\n|undefined|\[object| $/m);
    }
  });
});

describe('/metrics', () => {
  it('names every series once', () => {
    for (const name of stateNames) {
      const lines = renderMetrics(snapshotOf(readGoldenState(name).given)).split('\n');
      const series = lines
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => line.replace(/ \S+$/, ''));
      expect(new Set(series).size).toBe(series.length);
    }
  });
});

describeWhere(folder !== '', 'promtool and Prometheus (Debian: prometheus)')(
  '/metrics and Prometheus',
  { timeout: 60_000 },
  () => {
    it('please promtool in every state', () => {
      for (const name of stateNames) {
        const input = renderMetrics(snapshotOf(readGoldenState(name).given));
        const { status, stdout, stderr } = spawnSync(path.join(folder, 'promtool'), ['check', 'metrics'], {
          input,
          encoding: 'utf8',
        });
        expect({ name, status, said: stdout + stderr }).toEqual({ name, status: 0, said: '' });
      }
    });

    it('work together: it is scraped, with the token', async () => {
      const { served } = await serveHealth('orders "\\ ☂');
      await Promise.all(['/hit', '/miss', '/error'].map((each) => served.get(each)));
      const query = await startPrometheus(served.port);
      await expect.poll(() => query('sum(http_server_request_duration_seconds_count)'), { timeout: 30_000 }).toBe('3');
      expect(await query('target_info{service_name="orders \\"\\\\ ☂"}')).toBe('1');
      expect(await query('count(http_server_request_duration_seconds_bucket{http_response_status_code="503"})')).toBe(
        '15',
      );
      expect(await query('health_check_status{check="database",status="pass"}')).toBe('1');
      expect(await query('scrape_samples_scraped - scrape_samples_post_metric_relabeling')).toBe('0');
    });
  },
);

/** Starts Prometheus with one target and returns what asks it for a single value. */
async function startPrometheus(targetPort: number) {
  const data = mkdtempSync(path.join(tmpdir(), 'prometheus-'));
  const port = await freePort();
  const target = { targets: [`127.0.0.1:${targetPort}`] };
  const scrape = { job_name: 'orders', authorization: { credentials: token }, static_configs: [target] };
  const settings = { global: { scrape_interval: '1s' }, scrape_configs: [scrape] };
  // JSON is YAML.
  writeFileSync(path.join(data, 'prometheus.yml'), JSON.stringify(settings));
  const child = spawn(path.join(folder, 'prometheus'), [
    `--config.file=${path.join(data, 'prometheus.yml')}`,
    `--storage.tsdb.path=${path.join(data, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=error',
  ]);
  onTestFinished(async () => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    rmSync(data, { recursive: true, force: true });
  });
  return async (expression: string): Promise<string | undefined> => {
    const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok !== true) return undefined;
    const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } };
    return data.result[0]?.value[1];
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
