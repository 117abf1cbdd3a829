// What can go wrong with clearing the cache, said in the layout of every command.
import { CommandError, exitUsage, type Facts } from '../command-error.ts';

function cacheError(what: string, facts: Facts, exitCode?: number): CommandError {
  return new CommandError(`CacheError: ${what}. Nothing was cleared.`, facts, exitCode);
}

export function cacheKeyInvalid(typed: readonly string[]): CommandError {
  const facts = {
    code: 'CACHE_KEY_INVALID',
    got: typed.join(' ') || 'nothing',
    expected: 'orders: and an order number',
    fix: 'make cache-clear KEY=orders:A-1001',
    retry: 'no: name a key first',
  };
  return cacheError('no cache key was named', facts, exitUsage);
}

/** No command reaches into the memory of other processes. */
export function cacheInProcess(orderNumber: string): CommandError {
  return cacheError('each process has a cache of its own', {
    code: 'CACHE_IN_PROCESS',
    got: 'CACHE_URL=memory:',
    expected: 'a cache that processes share, redis: or rediss:',
    fix: `ask each process for GET /orders/${orderNumber} with Cache-Control: no-cache and Authorization: Bearer HEALTH_TOKEN`,
    retry: 'no: with the same CACHE_URL it fails again',
  });
}

/** A word such as ECONNREFUSED or WRONGPASS; the rest of what was said may name more than a log should. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'ETIMEDOUT';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Redis begins each error with a word; what this process gives up has none.
  return /^[A-Z]+(?= )/.exec(error.message)?.[0] ?? 'ETIMEDOUT';
}

/** @param error - nothing where nobody answered in time */
export function cacheUnreachable(location: string, error: unknown): CommandError {
  return cacheError('the cache does not answer', {
    code: 'CACHE_UNREACHABLE',
    got: `${location}: ${reasonOf(error)}`,
    expected: 'a Redis that answers and lets this user in',
    fix: 'start it, or correct CACHE_URL; an entry goes by itself after ORDER_CACHE_TTL',
    retry: 'yes: once it answers',
  });
}
