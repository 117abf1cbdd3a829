import { duration } from '../kinds/duration.ts';
import { ratio } from '../kinds/ratio.ts';

import { serviceOwner } from './service-owner.ts';
import * as wayBack from './way-back.ts';

const caching = 'https://aws.amazon.com/builders-library/caching-challenges-and-strategies/';

/** How long an entry counts, and when it is renewed. */
export function cacheLifetimes() {
  return {
    ttlMs: duration({
      env: 'CACHE_TTL',
      default: '5m',
      min: '1s',
      max: '168h',
      owner: serviceOwner,
      reason:
        'how old an answer may get while the database is down; short, so that a service is never unable to live without its cache; Redis keeps entries for ever',
      expect: 'no answer is older than about 5 minutes',
      rollback: `${wayBack.unsetTogether('CACHE_TTL')}; what is stored keeps the lifetime it was stored with`,
      source: caching,
    }),
    ttlJitter: ratio({
      env: 'CACHE_TTL_JITTER',
      default: 0.1,
      min: 0,
      max: 0.5,
      owner: serviceOwner,
      reason:
        'moves each lifetime up or down by up to a tenth, so that entries written together do not expire together; Redis does not',
      expect: 'no wave of misses every 5 minutes after a start',
      rollback: wayBack.unset('CACHE_TTL_JITTER'),
      source: caching,
    }),
    softTtlMs: duration({
      env: 'CACHE_SOFT_TTL',
      default: '60s',
      min: '1s',
      max: '168h',
      owner: serviceOwner,
      reason:
        'an entry older than this is still served and renewed behind it, so that nobody waits and the database may fail for a while; Redis knows nothing of it',
      expect: 'what is read often is about a minute old at most while the database is well',
      rollback: wayBack.unsetTogether('CACHE_SOFT_TTL'),
      source: caching,
    }),
    negativeTtlMs: duration({
      env: 'CACHE_NEGATIVE_TTL',
      default: '30s',
      min: '1s',
      max: '1h',
      owner: serviceOwner,
      reason:
        'that something does not exist is kept too, so that asking for it often does not load the database; shorter, because it may be created; Redis knows nothing of it',
      expect: 'what was just created is found everywhere within about 30s',
      rollback: wayBack.unset('CACHE_NEGATIVE_TTL'),
      source: caching,
    }),
  };
}
