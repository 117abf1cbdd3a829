// Clears one entry of the cache, and no other: make cache-clear KEY=orders:A-1001
import { cacheInProcess, cacheKeyInvalid, cacheUnreachable } from './cache/cache-errors.ts';
import { connectRedis } from './cache/connect-redis.ts';
import { isInProcess } from './cache/open-order-cache.ts';
import { entryKey } from './cache/redis-order-cache.ts';
import { runCommand } from './command-error.ts';
import { createCommandLog } from './log.ts';
import { orderNumberSchema } from './order.ts';
import { loadServiceSettings } from './settings.ts';

async function run(typed: readonly string[]): Promise<number> {
  const [key = '', ...more] = typed;
  const orderNumber = key.replace(/^orders:/, '');
  if (orderNumber === key || more.length > 0 || !orderNumberSchema.safeParse(orderNumber).success)
    throw cacheKeyInvalid(typed);
  const { settings } = loadServiceSettings();
  if (isInProcess(settings)) throw cacheInProcess(orderNumber);
  let failure: unknown;
  const redis = await connectRedis(settings, (error) => (failure ??= error));
  try {
    const cleared = await redis.del(entryKey(orderNumber));
    createCommandLog(settings.logging).info({ key, found: cleared > 0 }, 'cache cleared');
    return 0;
  } catch (error) {
    // Of a command that was not even sent it is the connection that says why.
    throw cacheUnreachable(String(settings.service.cacheUrl), redis.status === 'ready' ? error : failure);
  } finally {
    redis.disconnect();
  }
}

await runCommand(() => run(process.argv.slice(2)));
