import { cache } from './cache.ts';
import { health } from './health.ts';
import { httpClient } from './http-client.ts';
import { httpServer } from './http-server.ts';
import { jobs } from './jobs.ts';
import { logging } from './logging.ts';
import { postgres } from './postgres.ts';
import { rollout } from './rollout.ts';
import { uvicorn } from './uvicorn.ts';

/**
 * Every group of this package by its name, for documents about all of them; a service takes the ones it uses.
 *
 * @example
 * ```ts
 * import { shippedGroups, toMarkdown } from '@seaworthy/defaults';
 * const page = toMarkdown(shippedGroups, { title: 'Production defaults', owner: 'team-orders' });
 * if (!page.includes('terminationGracePeriodSeconds')) throw new Error('a group is missing');
 * ```
 */
export const shippedGroups = { httpServer, uvicorn, httpClient, postgres, cache, jobs, logging, health, rollout };
