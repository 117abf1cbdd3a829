import type { Group, Settings, Values } from '../declare/group.ts';
import { cache } from '../groups/cache.ts';
import { health } from '../groups/health.ts';
import { httpClient } from '../groups/http-client.ts';
import { httpServer } from '../groups/http-server.ts';
import { jobs } from '../groups/jobs.ts';
import { logging } from '../groups/logging.ts';
import { postgres } from '../groups/postgres.ts';
import { rollout } from '../groups/rollout.ts';
import { loadSettings } from '../load/load-settings.ts';

/** Every group this package ships. */
export const shippedGroups = { httpServer, httpClient, postgres, cache, jobs, logging, health, rollout };

/** The settings of a production process in whose environment these variables stand. */
export function loadShipped(env: Readonly<Record<string, string>> = {}) {
  return loadSettings(shippedGroups, { env: { DEPLOY_ENVIRONMENT: 'production', ...env }, owner: 'team-orders' })
    .settings;
}

/** The settings of one group, as a process has them that uses no other. */
export function loadGroup<S extends Settings>(group: Group<S>, env: Readonly<Record<string, string>> = {}): Values<S> {
  return loadSettings({ group }, { env: { DEPLOY_ENVIRONMENT: 'production', ...env }, owner: 'team-orders' }).settings
    .group;
}
