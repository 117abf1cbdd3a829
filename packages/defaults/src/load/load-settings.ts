import { checkGroups } from '../declare/check-groups.ts';
import type { Groups, Values } from '../declare/group.ts';
import type { Stage } from '../declare/stage.ts';
import { SettingsError } from '../errors/settings-error.ts';

import { readAll } from './read-all.ts';
import { openSources, type Environment, type StageFiles } from './sources.ts';
import { readStage } from './stage.ts';
import { warnDeprecated } from './warn-deprecated.ts';

export interface LoadOptions {
  /** Usually `process.env`; it is read, never changed. */
  readonly env: Environment;
  /** The configuration files of each stage. @default none */
  readonly files?: StageFiles;
  /** Who answers for the service: printed with every problem. */
  readonly owner: string;
}

/** The settings of a service, and where each value came from. */
export interface LoadedSettings<G extends Groups> {
  readonly environment: Stage;
  readonly settings: { readonly [Name in keyof G]: Values<G[Name]['settings']> };
  /** `default`, `default (development)`, `environment`, `file config/staging.env:12` or `file /run/secrets/token (APP_TOKEN_FILE)` */
  readonly origin: { readonly [Name in keyof G]: { readonly [Key in keyof Values<G[Name]['settings']>]: string } };
}

/**
 * Loads settings: declared default, then `production.env`, then `staging.env` on staging, then the environment, which wins.
 *
 * Durations come back in milliseconds and sizes in bytes; the result is deeply frozen and `env` is never changed. `url`
 * and `secret` settings are never inherited from production: they come from the stage's own file or the environment, or
 * from the file that `NAME_FILE` names. What a platform reads is not loaded.
 *
 * @throws {SettingsError} naming every problem at once; print its message and exit with its `exitCode`.
 * @throws {DeclarationError} when groups do not fit together, such as two that declare the same variable.
 * @example
 * ```ts
 * import { httpServer, loadSettings } from '@seaworthy/defaults';
 * const env = { DEPLOY_ENVIRONMENT: 'test', HTTP_REQUEST_TIMEOUT: '20s' };
 * const { settings, origin } = loadSettings({ http: httpServer }, { env, owner: 'team-orders' });
 * if (settings.http.requestTimeoutMs !== 20_000) throw new Error('expected milliseconds');
 * if (origin.http.requestTimeoutMs !== 'environment') throw new Error('expected its origin');
 * ```
 */
export function loadSettings<const G extends Groups>(groups: G, options: LoadOptions): LoadedSettings<G> {
  const { env, files = {}, owner } = options;
  checkGroups(groups);
  const stage = readStage(env, owner);
  if ('problem' in stage) {
    // Files and defaults depend on the stage; what the environment itself states can be judged without it.
    const { declared, problems } = readAll(groups, env, openSources(env, [], owner), 'production', owner);
    const stated = problems.filter(({ from }) => from === 'environment');
    throw new SettingsError([stage.problem, ...stated], declared.length, undefined);
  }

  const sources = openSources(env, files[stage.stage] ?? [], owner);
  const { declared, read, problems } = readAll(groups, env, sources, stage.stage, owner);
  if (problems.length > 0) throw new SettingsError(problems, declared.length, stage.stage);
  const emptyTable = (): Record<string, Record<string, unknown>> =>
    Object.fromEntries(Object.keys(groups).map((groupKey) => [groupKey, {}]));
  const [settings, origin] = [emptyTable(), emptyTable()];
  for (const { groupKey, key, label, setting } of declared) {
    const value = read.get(label);
    if (value?.stated === true) warnDeprecated(setting);
    Object.assign(settings[groupKey] ?? {}, { [key]: value?.value });
    Object.assign(origin[groupKey] ?? {}, { [key]: value?.origin });
  }
  for (const table of [settings, origin]) for (const row of Object.values(table)) Object.freeze(row);
  return Object.freeze({
    environment: stage.stage,
    settings: Object.freeze(settings),
    origin: Object.freeze(origin),
  }) as LoadedSettings<G>;
}
