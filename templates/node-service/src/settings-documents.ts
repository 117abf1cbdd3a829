import { existsSync, fstatSync, readFileSync, statSync } from 'node:fs';

import { serviceFiles, toEnvFile, toJsonSchema, toMarkdown, verifySettings, type Stage } from '@seaworthy/defaults';

import { serviceName, serviceOwner } from './service.ts';
import { groups } from './settings.ts';

const title = `Settings of ${serviceName}`;
const facts = { owner: serviceOwner, runtime: 'node' } as const;

/** The contents of docs/defaults.md. */
export function settingsPage(): string {
  return toMarkdown(groups, { title, ...facts });
}

/** A file of config/ as it would be written again: its values are kept, names and comments come from the declarations. */
export function envFile(stage: 'production' | 'staging'): string {
  const file = `config/${stage}.env`;
  const current = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return toEnvFile(groups, { service: serviceName, stage, current, ...facts });
}

/** True when the output of this process goes into the file it would read: the shell has emptied it by then. */
export function isEmptiedByTheShell(stage: 'production' | 'staging'): boolean {
  const file = statSync(`config/${stage}.env`, { throwIfNoEntry: false });
  const output = fstatSync(process.stdout.fd);
  return file !== undefined && file.dev === output.dev && file.ino === output.ino;
}

export function jsonSchema(): object {
  return toJsonSchema(groups, { title, ...facts });
}

/** What the files of an environment state, and what is wrong with them. */
export function settingsReport(environment: Stage) {
  return verifySettings(groups, { environment, files: serviceFiles('config'), owner: serviceOwner });
}
