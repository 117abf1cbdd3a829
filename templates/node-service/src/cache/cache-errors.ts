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

export function cacheUnreachable(got: string): CommandError {
  return cacheError('the cache does not answer', {
    code: 'CACHE_UNREACHABLE',
    got,
    expected: 'a Redis that answers and lets this user in',
    fix: 'start it, or correct CACHE_URL; an entry goes by itself after ORDER_CACHE_TTL',
    retry: 'yes: once it answers',
  });
}
