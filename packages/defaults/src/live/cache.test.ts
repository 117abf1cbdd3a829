// What the settings of cache do in a real ioredis on a real Redis that stalls, loses its connections, or is gone.
import { describeRedis, type RedisServer, startRedis } from '@seaworthy/test-servers';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';

import { toEntryLifetime } from '../adapters/to-entry-lifetime.ts';
import { toIoredis } from '../adapters/to-ioredis.ts';
import { cache } from '../groups/cache.ts';
import { startMisbehaving } from '../testing/misbehaving-server.ts';
import { patience } from '../testing/raw-connection.ts';
import { loadGroup } from '../testing/shipped-groups.ts';

type Env = Readonly<Record<string, string>>;
type Connection = RedisServer['connection'] & { readonly tls?: object };

describeRedis('on a Redis', { timeout: 60_000 }, () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ 'maxmemory-policy': cache.settings.maxmemoryPolicy.written.default ?? '' });
  });
  afterAll(() => server.stop());

  /** A client with these settings, and the errors of its connection. */
  function createClient(env: Env = {}, connection: Connection = server.connection): { redis: Redis; errors: string[] } {
    const redis = new Redis({
      ...connection,
      ...toIoredis(loadGroup(cache, { CACHE_COMMAND_TIMEOUT: '30s', ...env })),
    });
    const errors: string[] = [];
    redis.on('error', (error: Error) => errors.push(error.message));
    onTestFinished(() => redis.disconnect());
    return { redis, errors };
  }
  async function createReadyClient(env: Env = {}): Promise<Redis> {
    const { redis } = createClient(env);
    await expect.poll(() => redis.status, patience).toBe('ready');
    return redis;
  }

  it('a command that is not answered ends, and the connection is used again', async () => {
    const redis = await createReadyClient({ CACHE_COMMAND_TIMEOUT: '100ms' });
    await (await createReadyClient()).client('PAUSE', 1_500);
    await expect(redis.get('orders')).rejects.toThrow('Command timed out');
    await expect.poll(() => redis.ping().catch(() => 'not yet'), patience).toBe('PONG');
  });

  it('a command without a connection fails at once, or waits for it where the settings say so', async () => {
    await expect(createClient().redis.ping()).rejects.toThrow('enableOfflineQueue options is false');
    expect(await createClient({ CACHE_OFFLINE_QUEUE: 'true' }).redis.ping()).toBe('PONG');
  });

  it('a command is sent as often as the retries allow while the server is gone', async () => {
    const gone = await startRedis();
    await gone.stop();
    const quick = { CACHE_OFFLINE_QUEUE: 'true', CACHE_RECONNECT_BASE: '1ms', CACHE_RECONNECT_JITTER: '0s' };
    const waiting = (CACHE_MAX_RETRIES: string) =>
      createClient({ ...quick, CACHE_MAX_RETRIES }, gone.connection).redis.ping();
    await expect(waiting('2')).rejects.toThrow('Reached the max retries per request limit (which is 2)');
    await expect(waiting('0')).rejects.toThrow('Reached the max retries per request limit (which is 0)');
  });

  it('a client connects again by itself when the server cut it off', async () => {
    const redis = await createReadyClient();
    const other = await createReadyClient();
    const again = new Promise<number>((resolve) => redis.once('reconnecting', resolve));
    await other.client('KILL', 'ID', await redis.client('ID'));
    expect(await again).toBeLessThan(250);
    await expect.poll(() => redis.ping().catch(() => 'not yet'), patience).toBe('PONG');
  });

  it('a connection that nobody accepts is given up', async () => {
    // TLS is part of connecting, and this server never answers its first message.
    const { port } = await startMisbehaving(() => undefined);
    const { errors } = createClient({ CACHE_CONNECT_TIMEOUT: '100ms' }, { host: '127.0.0.1', port, tls: {} });
    await expect.poll(() => errors, patience).toContain('connect ETIMEDOUT');
  });

  it('an entry lives as long as was drawn for it', async () => {
    const redis = await createReadyClient();
    const { ttlMs } = toEntryLifetime(loadGroup(cache, { CACHE_NEGATIVE_TTL: '1s' }), { found: false });
    await redis.set('orders:unknown', '', 'PX', ttlMs);
    expect(await redis.pttl('orders:unknown')).toBeLessThanOrEqual(1_100);
    await expect.poll(() => redis.exists('orders:unknown'), patience).toBe(0);
  });

  it('the policy for a full cache is one the server knows', async () => {
    const redis = await createReadyClient();
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'allkeys-lfu']);
  });
});
