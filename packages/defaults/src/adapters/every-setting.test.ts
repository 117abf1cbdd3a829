import { freePort } from '@seaworthy/test-servers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { envSettings } from '../declare/group.ts';
import { SettingsError } from '../errors/settings-error.ts';
import { shippedGroups } from '../groups/shipped-groups.ts';
import { adapterOutputs } from '../testing/adapter-outputs.ts';
import { connectRaw } from '../testing/raw-connection.ts';
import { runHttpService } from '../testing/run-http-service.ts';
import { loadShipped } from '../testing/shipped-groups.ts';

/** Another valid value for each setting that an adapter hands to a library. */
const handedOver: Readonly<Record<string, string>> = {
  HTTP_REQUEST_TIMEOUT: '40s',
  HTTP_HEADERS_TIMEOUT: '20s',
  HTTP_KEEP_ALIVE_TIMEOUT: '80s',
  HTTP_KEEP_ALIVE_TIMEOUT_BUFFER: '2s',
  HTTP_HANDLER_TIMEOUT: '20s',
  HTTP_MAX_HEADER_SIZE: '32KiB',
  HTTP_BODY_LIMIT: '2MiB',
  HTTP_MAX_REQUESTS_PER_SOCKET: '100',
  HTTP_TRUSTED_PROXIES: '10.0.0.0/8',
  HTTP_MAX_EVENT_LOOP_DELAY: '2s',
  HTTP_SHED_RETRY_AFTER: '20s',
  HTTP_CLIENT_CONNECT_TIMEOUT: '1s',
  HTTP_CLIENT_HEADERS_TIMEOUT: '2s',
  HTTP_CLIENT_BODY_TIMEOUT: '5s',
  HTTP_CLIENT_DEADLINE: '15s',
  HTTP_CLIENT_ATTEMPTS: '2',
  HTTP_CLIENT_BACKOFF_BASE: '200ms',
  HTTP_CLIENT_BACKOFF_CAP: '150ms',
  HTTP_CLIENT_JITTER: 'none',
  HTTP_CLIENT_RETRY_BUDGET: '0.2',
  HTTP_CLIENT_RETRY_METHODS: 'GET',
  HTTP_CLIENT_RETRY_STATUSES: '503,504',
  HTTP_CLIENT_BREAKER_ERROR_RATIO: '0.25',
  HTTP_CLIENT_BREAKER_WINDOW: '20s',
  HTTP_CLIENT_BREAKER_MINIMUM_CALLS: '10',
  HTTP_CLIENT_BREAKER_OPEN: '10s',
  HTTP_CLIENT_CONNECTIONS_PER_ORIGIN: '10',
  HTTP_CLIENT_IDLE_TIMEOUT: '2s',
  HTTP_CLIENT_MAX_RESPONSE_SIZE: '1MiB',
  DATABASE_POOL_MAX: '20',
  DATABASE_POOL_WAIT_TIMEOUT: '2s',
  DATABASE_CONNECTION_LIFETIME: '10m',
  DATABASE_CONNECTION_LIFETIME_JITTER: '0.2',
  DATABASE_IDLE_TIMEOUT: '30s',
  DATABASE_QUERY_TIMEOUT: '20s',
  CACHE_CONNECT_TIMEOUT: '1s',
  CACHE_COMMAND_TIMEOUT: '250ms',
  CACHE_MAX_RETRIES: '2',
  CACHE_OFFLINE_QUEUE: 'true',
  CACHE_RECONNECT_BASE: '100ms',
  CACHE_RECONNECT_CAP: '2s',
  CACHE_RECONNECT_JITTER: '0s',
  CACHE_TTL: '10m',
  CACHE_TTL_JITTER: '0.2',
  CACHE_SOFT_TTL: '30s',
  CACHE_NEGATIVE_TTL: '10s',
  JOBS_ATTEMPTS: '3',
  JOBS_BACKOFF_BASE: '2s',
  JOBS_BACKOFF_JITTER: '0.2',
  JOBS_LOCK_DURATION: '20s',
  JOBS_STALLED_INTERVAL: '20s',
  JOBS_MAX_STALLED_COUNT: '2',
  JOBS_CONCURRENCY: '5',
  LOG_LEVEL: 'debug',
  LOG_DEPTH_LIMIT: '3',
  LOG_EDGE_LIMIT: '10',
  LOG_REDACT_KEYS: 'authorization,iban',
  HEALTH_CHECK_TIMEOUT: '250ms',
  HEALTH_CHECK_INTERVAL: '10s',
  HEALTH_CHECK_FAIL_AFTER: '3',
};

/** A value for each fact that only rules read: valid alone, and not with the shipped values of the others. */
const readByRules: Readonly<Record<string, string>> = {
  HTTP_BALANCER_IDLE_TIMEOUT: '100s',
  DATABASE_INSTANCES: '20',
  DATABASE_MAX_CONNECTIONS: '40',
};

/** What a process does itself, without a library that could be told. */
const readByTheProcess = ['HTTP_HOST', 'HTTP_PORT', 'HTTP_DRAIN_TIMEOUT'];

const local = { HTTP_HOST: '127.0.0.1', HTTP_PORT: '0' };

it('every setting that is loaded stands in one of the three lists, and nothing else does', () => {
  const declared = envSettings(shippedGroups, 'node').map(({ setting }) => setting.env);
  expect(declared.length).toBeGreaterThan(50);
  const listed = [...Object.keys(handedOver), ...Object.keys(readByRules), ...readByTheProcess];
  expect(listed.toSorted()).toEqual(declared.toSorted());
});

describe('is handed to a library', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('the same for the same values', () => {
    expect(adapterOutputs(loadShipped(local))).toEqual(adapterOutputs(loadShipped()));
  });

  it.each(Object.entries(handedOver))('%s', (name, value) => {
    expect(adapterOutputs(loadShipped({ [name]: value }))).not.toEqual(adapterOutputs(loadShipped()));
  });
});

it.each(Object.entries(readByRules))('a rule reads %s', (name, value) => {
  const load = () => loadShipped({ [name]: value });
  expect(load).toThrow(SettingsError);
  expect(load).toThrow(expect.objectContaining({ problems: [expect.objectContaining({ code: 'CFG_RULE' })] }));
  expect(load).toThrow(name);
});

describe('a process does what the settings say', { timeout: 60_000 }, () => {
  it('HTTP_HOST', async () => {
    expect((await runHttpService(local)).address).toMatchObject({ address: '127.0.0.1' });
    expect((await runHttpService({ HTTP_PORT: '0' })).address).toMatchObject({ address: '0.0.0.0' });
  });

  it('HTTP_PORT', async () => {
    const port = await freePort();
    expect((await runHttpService({ ...local, HTTP_PORT: String(port) })).address).toMatchObject({ port });
  });

  it('HTTP_DRAIN_TIMEOUT', async () => {
    const endsWith = async (outcome: string, env: Readonly<Record<string, string>>) => {
      const service = await runHttpService({ ...local, ...env });
      const client = await connectRaw(service.address.port);
      client.send('GET /never HTTP/1.1\r\nhost: orders\r\n\r\n');
      const other = await connectRaw(service.address.port);
      other.send('GET / HTTP/1.1\r\nhost: orders\r\n\r\n');
      await other.until('ok');
      return { service, outcome: service.exited.then(() => outcome) };
    };
    const both = [await endsWith('shipped', {}), await endsWith('changed', { HTTP_DRAIN_TIMEOUT: '1s' })];
    for (const { service } of both) service.terminate();
    expect(await Promise.race(both.map(({ outcome }) => outcome))).toBe('changed');
  });
});
