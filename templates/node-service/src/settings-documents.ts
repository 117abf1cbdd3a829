import { toEnvFile, toMarkdown } from '@seaworthy/defaults';

import { serviceName, serviceOwner } from './service.ts';
import { groups } from './settings.ts';

/** What production sets away from its default, each with its change record. */
const productionOverrides = {
  DATABASE_URL: { value: 'sqlite:var/production.db', change: 'docs/changes/0001-first-release.md' },
};

/** The contents of docs/defaults.md. */
export function settingsPage(): string {
  return toMarkdown(groups, { title: `Settings of ${serviceName}`, owner: serviceOwner, runtime: 'node' });
}

/** The contents of config/production.env. */
export function productionFile(): string {
  return toEnvFile(groups, { service: serviceName, owner: serviceOwner, runtime: 'node', live: productionOverrides });
}
