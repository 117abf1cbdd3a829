import type { Group, Settings, Values } from '../declare/group.ts';
import { shippedGroups } from '../groups/shipped-groups.ts';
import { loadSettings } from '../load/load-settings.ts';

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
